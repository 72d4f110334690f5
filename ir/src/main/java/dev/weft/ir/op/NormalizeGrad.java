package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * dx = r * (dy - mean(dy) - y * mean(y * dy)) along an axis; without centering the middle term is
 * absent. Operands: y, r, dy.
 */
public record NormalizeGrad(String axis, Centering centering) implements Primitive, GradientOp {
  @Override
  public String name() {
    return "normalize_grad";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 3);
    Dims.requireAgreement(operands);
    Dims.require(name(), operands, 0, axis);
    var result = List.of(operands.getFirst());
    return new Typing(result, Factors.byAxis(operands, result, List.of(axis)));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(8 * results.getFirst().elements(), operands, results);
  }
}
