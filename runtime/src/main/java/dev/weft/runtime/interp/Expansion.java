package dev.weft.runtime.interp;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Composite;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Stretch;
import dev.weft.ir.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Code with its composite ops replaced by the primitives that they stand for. */
final class Expansion {
  private final Builder builder = new Builder();
  private final Map<Value, Value> renamed = new HashMap<>();

  private Expansion() {}

  /** The same code where it has no composite; bodies of its nodes are left alone. */
  static Stretch of(Stretch code) {
    var flat = code;
    while (flat.nodes().stream().anyMatch(n -> n.op() instanceof Composite)) {
      flat = new Expansion().expand(flat);
    }
    return flat;
  }

  private Stretch expand(Stretch code) {
    for (var node : code.nodes()) {
      var operands = renamed(node.operands());
      var results =
          node.op() instanceof Composite composite
              ? composite.expand(builder.at(node.span()), operands)
              : copy(node, operands).results();
      for (int i = 0; i < results.size(); i++) {
        renamed.put(node.result(i), results.get(i));
      }
    }
    return new Stretch(code.inputs(), builder.build(List.of()).nodes(), renamed(code.outputs()));
  }

  private Node copy(Node node, List<Value> operands) {
    return builder.add(
        new Node(
            node.op(),
            operands,
            node.bodies(),
            node.types(),
            node.names(),
            node.shardings(),
            node.span()));
  }

  private List<Value> renamed(List<Value> values) {
    return values.stream().map(v -> renamed.getOrDefault(v, v)).toList();
  }
}
