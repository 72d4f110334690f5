package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** Moves a value between the memories of a device and its host. */
interface Transfer extends Op {
  /** Where the value lies afterwards. */
  MemorySpace to();

  @Override
  default Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    if (type.space() == to()) {
      throw new TypeMismatch(0, type + " lies there already");
    }
    return Typing.byAxis(operands, type.in(to()));
  }

  /** It takes a link's time, no arithmetic. */
  @Override
  default Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  default List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable("values are offloaded after differentiation");
  }
}
