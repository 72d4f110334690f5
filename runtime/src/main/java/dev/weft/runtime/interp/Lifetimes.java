package dev.weft.runtime.interp;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Stretch;
import dev.weft.ir.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the values of straight-line code are used for the last time. */
final class Lifetimes {
  private final Map<Value, Node> lastUse = new HashMap<>();
  private final Set<Value> yielded;

  Lifetimes(Stretch code) {
    code.nodes().forEach(node -> node.operands().forEach(v -> lastUse.put(v, node)));
    this.yielded = new HashSet<>(code.outputs());
  }

  /** The operands of a node that nothing uses later, each once. */
  List<Value> dyingAt(Node node) {
    return node.operands().stream()
        .distinct()
        .filter(v -> node.equals(lastUse.get(v)) && !yielded.contains(v))
        .toList();
  }

  /** Those of the values that nothing uses. */
  List<Value> unused(List<? extends Value> values) {
    return values.stream()
        .<Value>map(v -> v)
        .filter(v -> !lastUse.containsKey(v) && !yielded.contains(v))
        .toList();
  }
}
