package dev.weft.ir.op;

import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * One step of stochastic gradient descent, element-wise. With momentum μ: v' = μ v + g, p' = p - lr
 * v' (Sutskever et al. 2013, section 2, in PyTorch's form); without: p' = p - lr g.
 *
 * <p>Operands: p, g, v where momentum is not 0, the scalar lr, and possibly a scalar by which g is
 * multiplied first. Results: p', and v' likewise.
 */
public record SgdUpdate(double momentum) implements Primitive, OptimizerOp {
  @Override
  public String name() {
    return "sgd_update";
  }

  /** The number of vectors among the operands. */
  public int vectors() {
    return momentum == 0 ? 2 : 3;
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    UpdateOperands.require(name(), operands, vectors(), 1);
    var type = operands.getFirst();
    return UpdateOperands.typing(operands, momentum == 0 ? List.of(type) : List.of(type, type));
  }
}
