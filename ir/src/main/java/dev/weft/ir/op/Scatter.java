package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts entries at the places along an axis that integers name, and adds up what meets there; an
 * entry whose integer is {@link Nonzero#NOWHERE} is dropped. Axes of the integers that the result
 * does not bear are summed over.
 *
 * <p>{@code result[i, p, k] = sum of y[i, j, k] over all j with ids[i, j] = p}. {@link Gather} is
 * the adjoint.
 *
 * @param axis that the integers count along
 * @param axes the axes of the result, in order; {@code axis} is one of them
 */
public record Scatter(Dim axis, List<String> axes) implements Primitive {
  public Scatter {
    axes = List.copyOf(axes);
    if (!axes.contains(axis.axis())) {
      throw new IllegalArgumentException("the result " + axes + " lacks the axis " + axis);
    }
  }

  @Override
  public String name() {
    return "scatter";
  }

  /** Operands: y, ids. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireInteger(name(), operands, 1);
    var y = operands.get(0);
    var ids = operands.get(1);
    if (y.bears(axis.axis()) || ids.bears(axis.axis())) {
      throw new TypeMismatch(0, "an operand bears the axis `" + axis.axis() + "` already");
    }
    ids.axes().forEach(a -> Dims.require(name(), operands, 0, a));
    Dims.requireCommonSizes(operands);
    var dims = new ArrayList<Dim>();
    for (var name : axes) {
      boolean isNew = name.equals(axis.axis());
      dims.add(isNew ? axis : Dims.require(name(), operands, 0, name));
    }
    for (var dim : y.dims()) {
      if (!axes.contains(dim.axis()) && !ids.bears(dim.axis())) {
        throw new TypeMismatch(
            0, "the result lacks the axis `" + dim.axis() + "`, which the ids do not bear");
      }
    }
    var result = y.withDims(dims);
    var whole = List.of(axis.axis());
    return new Typing(List.of(result), () -> Factors.byAxis(operands, List.of(result), whole));
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(operands.getFirst().elements(), operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var y = adjoint.operand(0).type();
    var ids = adjoint.operand(1);
    var dy = adjoint.emit(0, new Gather(axis.axis()), adjoint.cotangent(), ids);
    boolean isOrdered = dy.type().axes().equals(y.axes());
    var ordered = isOrdered ? dy : adjoint.emit(0, new Transpose(y.axes()), dy);
    return List.of(Optional.of(ordered), Optional.empty());
  }
}
