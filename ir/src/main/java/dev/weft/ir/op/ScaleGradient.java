package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Composite;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The identity, whose gradient is multiplied by a scalar: applied to the loss, it scales every
 * gradient. Operands: the value, and the scalar.
 */
public record ScaleGradient() implements Composite {
  @Override
  public String name() {
    return "scale_gradient";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    if (operands.get(1).rank() != 0) {
      throw new TypeMismatch(1, name() + " scales by a scalar, not by " + operands.get(1));
    }
    return Typing.byAxis(operands, operands.getFirst());
  }

  @Override
  public List<Value> expand(Builder builder, List<Value> operands) {
    return List.of(operands.getFirst());
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var dy = adjoint.cotangent();
    var scale = adjoint.operand(1);
    var b = adjoint.builder();
    var same = dy.type().dtype() == scale.type().dtype();
    var factor = same ? scale : b.emit("scale", new Convert(dy.type().dtype()), scale);
    return List.of(Optional.of(adjoint.emit(0, Binary.MUL, dy, factor)), Optional.empty());
  }
}
