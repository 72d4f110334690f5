package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Scaled dot-product attention: softmax over the sources of (scale * q·k + bias), applied to v.
 *
 * <p>Results: the output, and the log-sum-exp of the scores of each query. Two results over
 * disjoint sources merge associatively through the log-sum-exp, which is what the ring and split
 * forms of attention rest on.
 */
public record Attention(AttentionShape shape) implements Primitive {
  @Override
  public String name() {
    return "attention";
  }

  /** Operands: q, k, v and possibly a bias with axes among heads, query, source and batch. */
  @Override
  public Typing typing(List<TensorType> operands) {
    if (operands.size() != 3 && operands.size() != 4) {
      throw new TypeMismatch("attention takes q, k, v and possibly a bias");
    }
    shape.check(name(), operands);
    var results = List.of(shape.output(operands), shape.logSumExp(operands.getFirst()));
    var scribe = shape.scribe(operands);
    results.forEach(type -> scribe.result(type, shape.walks()));
    return new Typing(results, scribe.build());
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(shape.flops(operands), operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    adjoint.requireUnused(1);
    var operands = new ArrayList<>(adjoint.node().operands());
    operands.add(adjoint.result(0));
    operands.add(adjoint.result(1));
    operands.add(adjoint.cotangent(0));
    var names = adjoint.node().operands().stream().map(v -> "d_" + v.name()).toList();
    var node =
        adjoint
            .builder()
            .node(
                names,
                new AttentionGrad(shape),
                operands,
                List.of(),
                Collections.nCopies(names.size(), Optional.empty()));
    return node.results().stream().map(Optional::of).toList();
  }
}
