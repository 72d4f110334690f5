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

/**
 * The entries [start, start + to.size) along an axis, as the axis {@code to}. Along the first axis
 * they lie side by side: a view.
 */
public record Slice(String axis, long start, Dim to) implements Primitive {
  /** Whether slicing a tensor moves nothing, as its entries lie side by side. */
  public boolean isView(TensorType operand) {
    return operand.axes().getFirst().equals(axis);
  }

  /** How many elements of a tensor lie before a slice along its first axis. */
  public long elementsBefore(TensorType operand) {
    return start * (operand.elements() / operand.dims().getFirst().size());
  }

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    var dim = Dims.require(name(), operands, 0, axis);
    if (start < 0 || start + to.size() > dim.size()) {
      throw new TypeMismatch(0, "entries " + start + " to " + (start + to.size()) + " of " + dim);
    }
    var result = type.withDims(Dims.replace(type.dims(), axis, List.of(to)));
    var whole = List.of(axis, to.axis());
    return new Typing(List.of(result), Factors.byAxis(operands, List.of(result), whole));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return isView(operands.getFirst()) ? Work.NONE : Work.touching(0, results, results);
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var dim = adjoint.operand(0).type().dim(axis);
    var pad = new Pad(to.axis(), start, dim);
    return Adjoint.of(adjoint.emit(0, pad, adjoint.cotangent()));
  }
}
