package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** exp(x) / sum(exp(x)) along an axis, computed from x - max(x). */
public record Softmax(String axis) implements Primitive {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    Dims.require(name(), operands, 0, axis);
    var result = List.of(operands.getFirst());
    return new Typing(result, Factors.byAxis(operands, result, List.of(axis)));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(4 * results.getFirst().elements(), operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var grad = new SoftmaxGrad(axis);
    return Adjoint.of(adjoint.emit(0, grad, adjoint.result(0), adjoint.cotangent()));
  }
}
