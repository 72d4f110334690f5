package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** An element-wise function of one tensor. */
public record Unary(UnaryFunction function) implements Primitive {
  @Override
  public String name() {
    return function.text();
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    if (!operands.getFirst().dtype().isFloat()) {
      throw new TypeMismatch(0, name() + " needs a floating-point operand, not i32");
    }
    return Typing.byAxis(operands, operands.getFirst());
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var kept = function.keepsResult() ? adjoint.result(0) : adjoint.operand(0);
    return Adjoint.of(adjoint.emit(0, new UnaryGrad(function), kept, adjoint.cotangent()));
  }
}
