package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** scale * x + shift, with constants. */
public record Affine(double scale, double shift) implements Primitive {
  public static Affine scale(double factor) {
    return new Affine(factor, 0);
  }

  @Override
  public String name() {
    return "affine";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    return Typing.byAxis(operands, operands.getFirst());
  }

  @Override
  public boolean isLinear() {
    return shift == 0;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.of(adjoint.emit(0, scale(scale), adjoint.cotangent()));
  }
}
