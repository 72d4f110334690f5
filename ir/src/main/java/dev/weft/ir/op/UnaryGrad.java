package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The cotangent of an element-wise function: f'(x) * dy. Operands: x, or f(x) where the function
 * {@linkplain UnaryFunction#keepsResult keeps its result}; and dy.
 */
public record UnaryGrad(UnaryFunction function) implements Primitive {
  @Override
  public String name() {
    return "unary_grad";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireAgreement(operands);
    return Typing.byAxis(operands, operands.getFirst());
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable("second derivatives are not supported");
  }
}
