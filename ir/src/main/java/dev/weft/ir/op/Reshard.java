package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** The same value laid out otherwise. On the whole value it is the identity. */
public record Reshard(Sharding target) implements Primitive {
  @Override
  public String name() {
    return "reshard";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    if (target.dims().size() != operands.getFirst().rank()) {
      throw new TypeMismatch(0, "sharding " + target + " does not fit " + operands.getFirst());
    }
    return Typing.byAxis(operands, operands.getFirst());
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new IllegalStateException("autodiff comes before sharding");
  }
}
