package dev.weft.ir.op;

import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * The cotangent of an element-wise function: f'(x) * dy. Operands: x, or f(x) where the function
 * {@linkplain UnaryFunction#keepsResult keeps its result}; and dy.
 */
public record UnaryGrad(UnaryFunction function) implements Primitive, GradientOp {
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
}
