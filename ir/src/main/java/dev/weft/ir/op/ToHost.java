package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** Moves a value from the device's memory to the host's. */
public record ToHost() implements Primitive {
  @Override
  public String name() {
    return "to_host";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    if (type.space() != MemorySpace.DEVICE) {
      throw new TypeMismatch(0, type + " lies there already");
    }
    return Typing.byAxis(operands, type.in(MemorySpace.HOST));
  }

  /** It takes a link's time, no arithmetic. */
  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable("values are offloaded after differentiation");
  }
}
