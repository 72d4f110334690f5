package dev.weft.ir.op;

import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * One of two tensors of one type, whole: the first where a scalar is not 0, else the second.
 * Operands: the scalar, and the two.
 */
public record Select() implements Primitive, OptimizerOp {
  @Override
  public String name() {
    return "select";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 3);
    if (operands.getFirst().rank() != 0) {
      throw new TypeMismatch(0, "select chooses by a scalar, not by " + operands.getFirst());
    }
    if (!operands.get(1).equals(operands.get(2))) {
      throw new TypeMismatch(2, "select chooses between two tensors of one type");
    }
    return Typing.byAxis(operands, operands.get(1));
  }
}
