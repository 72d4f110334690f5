package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;

/** dx = y * (dy - sum(y * dy)) along an axis. Operands: y, dy. */
public record SoftmaxGrad(String axis) implements Primitive, GradientOp {
  @Override
  public String name() {
    return "softmax_grad";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireAgreement(operands);
    Dims.require(name(), operands, 0, axis);
    var result = List.of(operands.getFirst());
    return new Typing(result, Factors.byAxis(operands, result, List.of(axis)));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(4 * results.getFirst().elements(), operands, results);
  }
}
