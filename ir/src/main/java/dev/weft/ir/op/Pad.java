package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** A tensor placed at {@code start} along the axis {@code to}, zero elsewhere: Slice transposed. */
public record Pad(String axis, long start, Dim to) implements Primitive {
  @Override
  public String name() {
    return "pad";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    var dim = Dims.require(name(), operands, 0, axis);
    if (start < 0 || start + dim.size() > to.size()) {
      throw new TypeMismatch(0, dim + " at " + start + " does not fit into " + to);
    }
    var result = type.withDims(Dims.replace(type.dims(), axis, List.of(to)));
    var whole = List.of(axis, to.axis());
    return new Typing(List.of(result), Factors.byAxis(operands, List.of(result), whole));
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
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var slice = new Slice(to.axis(), start, adjoint.operand(0).type().dim(axis));
    return Adjoint.of(adjoint.emit(0, slice, adjoint.cotangent()));
  }
}
