package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * y = (x - mean) * r along an axis, with r = 1 / sqrt(variance + eps); without centering the mean
 * is 0 and the variance is the mean square. Results: y, r.
 */
public record Normalize(String axis, double eps, Centering centering) implements Primitive {
  @Override
  public String name() {
    return "normalize";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    Dims.require(name(), operands, 0, axis);
    var x = operands.getFirst();
    var results = List.of(x, x.without(List.of(axis)));
    return new Typing(results, Factors.byAxis(operands, results, List.of(axis)));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(5 * results.getFirst().elements(), operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    adjoint.requireUnused(1);
    var grad = new NormalizeGrad(axis, centering);
    return Adjoint.of(
        adjoint.emit(0, grad, adjoint.result(0), adjoint.result(1), adjoint.cotangent(0)));
  }
}
