package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Gives a value to the device that differs from this one only in its place along a mesh axis. Sends
 * between two devices arrive in the order in which they are made; they carry no tag.
 *
 * @param along the mesh axis
 * @param to the receiver's coordinate along it
 */
public record Send(String along, int to) implements Primitive {
  @Override
  public String name() {
    return "send";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    return new Typing(List.of(), Factors.byAxis(operands, List.of()));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.NONE;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new NotDifferentiable("stages are differentiated before they communicate");
  }
}
