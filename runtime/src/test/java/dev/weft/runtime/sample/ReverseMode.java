package dev.weft.runtime.sample;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cotangents of straight-line code, from the ops' own gradients alone. */
public final class ReverseMode {
  private final Builder builder;
  private final Map<Value, Value> cotangents;

  private ReverseMode(Builder builder, Map<Value, Value> seeds) {
    this.builder = builder;
    this.cotangents = new HashMap<>(seeds);
  }

  /**
   * Emits the cotangents.
   *
   * @param nodes what was emitted, in order
   * @param seeds the cotangents of results
   * @return by value; a value that the seeds do not depend on is missing
   */
  public static Map<Value, Value> emit(Builder builder, List<Node> nodes, Map<Value, Value> seeds) {
    var pass = new ReverseMode(builder, seeds);
    nodes.reversed().forEach(pass::visit);
    return pass.cotangents;
  }

  private void visit(Node node) {
    var own = node.results().stream().map(r -> Optional.ofNullable(cotangents.get(r))).toList();
    if (own.stream().allMatch(Optional::isEmpty)) {
      return;
    }
    var gradients = node.op().gradient(new Adjoint(builder, node, own));
    for (int i = 0; i < gradients.size(); i++) {
      var operand = node.operand(i);
      gradients
          .get(i)
          .ifPresent(g -> cotangents.merge(operand, g, (a, b) -> builder.emit(Binary.ADD, a, b)));
    }
  }
}
