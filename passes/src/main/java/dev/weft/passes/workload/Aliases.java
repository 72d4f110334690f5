package dev.weft.passes.workload;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Repeat;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which values are other names of one memory: the results of nodes that move nothing. */
final class Aliases {
  private final Map<Value, Value> roots = new HashMap<>();

  Aliases(List<Node> nodes) {
    for (var node : nodes) {
      if (isView(node)) {
        node.results().forEach(result -> roots.put(result, root(node.operand(0))));
      }
    }
  }

  /** Whether a node only names its operand anew. */
  static boolean isView(Node node) {
    return !node.operands().isEmpty()
        && !(node.op() instanceof Collective)
        && !(node.op() instanceof Repeat)
        && node.op().work(node.operandTypes(), node.types()).equals(Work.NONE);
  }

  Value root(Value value) {
    return roots.getOrDefault(value, value);
  }

  Set<Value> roots(Collection<Value> values) {
    var found = new LinkedHashSet<Value>();
    values.forEach(v -> found.add(root(v)));
    return found;
  }

  /** The bytes of values, those with one memory once. */
  long bytes(Collection<Value> values) {
    return roots(values).stream().mapToLong(v -> v.type().bytes()).sum();
  }
}
