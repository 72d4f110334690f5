package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Repeats a tensor along axes that it lacks.
 *
 * @param dims the dimensions of the result, in order; they contain the operand's
 */
public record Broadcast(List<Dim> dims) implements Primitive {
  public Broadcast {
    dims = List.copyOf(dims);
  }

  @Override
  public String name() {
    return "broadcast";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var result = operands.getFirst().withDims(dims);
    Dims.requireAgreement(List.of(operands.getFirst(), result));
    operands.getFirst().axes().forEach(a -> Dims.require(name(), List.of(result), 0, a));
    return Typing.byAxis(operands, result);
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(0, operands, results);
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public Broadcast localize(Cut cut, List<TensorType> operands) {
    return new Broadcast(dims.stream().map(cut::local).toList());
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.of(Reduce.sumTo(adjoint, 0, adjoint.cotangent()));
  }
}
