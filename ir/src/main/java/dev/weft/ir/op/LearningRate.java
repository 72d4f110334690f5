package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** The learning rate of a training step, whose number (an i32 scalar from 1) is the operand. */
public record LearningRate(RateSchedule schedule, DType dtype) implements Primitive {
  @Override
  public String name() {
    return "learning_rate";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    Dims.requireInteger(name(), operands, 0);
    if (operands.getFirst().rank() != 0) {
      throw new TypeMismatch(0, "the number of a step is a scalar, not " + operands.getFirst());
    }
    return Typing.byAxis(operands, TensorType.scalar(dtype));
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.none(1);
  }
}
