package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Rotary position embedding in the rotate-half form (Su et al. 2021, "RoFormer", section 3.2): with
 * n = size of {@code feature}, pair (i, i + n/2) turns by the angle position * base^(-2i/n).
 *
 * @param feature the axis whose halves make the pairs; its size is even
 */
public record Rope(String feature, double base, RopeDirection direction) implements Primitive {
  @Override
  public String name() {
    return "rope";
  }

  /** Operands: x, positions (i32 with axes of x other than the feature). */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireInteger(name(), operands, 1);
    if (Dims.require(name(), operands, 0, feature).size() % 2 != 0) {
      throw new TypeMismatch(0, "the axis `" + feature + "` has an odd size");
    }
    operands.get(1).axes().forEach(a -> Dims.require(name(), operands, 0, a));
    var result = List.of(operands.getFirst());
    return new Typing(result, Factors.byAxis(operands, result, List.of(feature)));
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(3 * results.getFirst().elements(), operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var back =
        new Rope(
            feature,
            base,
            direction == RopeDirection.FORWARD ? RopeDirection.INVERSE : RopeDirection.FORWARD);
    var dx = adjoint.emit(0, back, adjoint.cotangent(), adjoint.operand(1));
    return List.of(Optional.of(dx), Optional.empty());
  }
}
