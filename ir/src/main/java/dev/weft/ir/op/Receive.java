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
 * Waits for the next value that another device sends here: {@link Send}.
 *
 * @param along the mesh axis
 * @param from the sender's coordinate along it
 * @param type of the value
 */
public record Receive(String along, int from, TensorType type) implements Primitive {
  @Override
  public String name() {
    return "receive";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 0);
    var results = List.of(type);
    return new Typing(results, Factors.byAxis(operands, results));
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
