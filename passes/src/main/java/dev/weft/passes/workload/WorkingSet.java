package dev.weft.passes.workload;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The most memory that straight-line code needs at once for what it makes and does not keep. */
final class WorkingSet {
  private WorkingSet() {}

  /**
   * The peak.
   *
   * @param nodes in order
   * @param kept values that are counted elsewhere
   */
  static long peakBytes(List<Node> nodes, Collection<Value> kept) {
    var aliases = new Aliases(nodes);
    Set<Value> elsewhere = aliases.roots(kept);
    Map<Value, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (var operand : nodes.get(i).operands()) {
        lastUse.put(aliases.root(operand), i);
      }
    }
    var own = Set.copyOf(nodes);
    long live = 0;
    long peak = 0;
    for (int i = 0; i < nodes.size(); i++) {
      var node = nodes.get(i);
      var made = aliases.roots(node.results());
      made.removeAll(elsewhere);
      if (!Aliases.isView(node)) {
        live += made.stream().mapToLong(v -> v.type().bytes()).sum();
        peak = Math.max(peak, live);
      }
      live -= dying(node, i, own, aliases, elsewhere, lastUse);
    }
    return peak;
  }

  private static long dying(
      Node node,
      int at,
      Set<Node> own,
      Aliases aliases,
      Set<Value> elsewhere,
      Map<Value, Integer> lastUse) {
    long bytes = 0;
    for (var value : aliases.roots(node.operands())) {
      boolean isOwn = value instanceof Result(Node maker, int _) && own.contains(maker);
      if (isOwn && !elsewhere.contains(value) && lastUse.getOrDefault(value, -1) == at) {
        bytes += value.type().bytes();
      }
    }
    return bytes;
  }
}
