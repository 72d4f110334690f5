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
 * Entries along an axis, chosen by integers; zero where the integer is {@link Nonzero#NOWHERE}.
 * Axes that both operands bear run together; those that the integers alone bear are new.
 *
 * <p>{@code result[i, j, k] = x[i, ids[i, j], k]}, with {@code i} the common axes. {@link Scatter}
 * is the adjoint.
 *
 * @param axis the axis of x that the integers count along
 */
public record Gather(String axis) implements Primitive {
  @Override
  public String name() {
    return "gather";
  }

  /** Operands: x, ids. The result bears the axes of ids, then the other axes of x. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireInteger(name(), operands, 1);
    Dims.require(name(), operands, 0, axis);
    var x = operands.get(0);
    var ids = operands.get(1);
    if (ids.bears(axis)) {
      throw new TypeMismatch(1, "the ids bear the axis `" + axis + "` that they count along");
    }
    Dims.requireCommonSizes(operands);
    var dims = new ArrayList<Dim>(ids.dims());
    x.dims().stream()
        .filter(d -> !d.axis().equals(axis) && !ids.bears(d.axis()))
        .forEach(dims::add);
    var result = x.withDims(dims);
    return new Typing(
        List.of(result), () -> Factors.byAxis(operands, List.of(result), List.of(axis)));
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.taking(operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var x = adjoint.operand(0).type();
    var scatter = new Scatter(x.dim(axis), x.axes());
    var dx = adjoint.emit(0, scatter, adjoint.cotangent(), adjoint.operand(1));
    return List.of(Optional.of(dx), Optional.empty());
  }
}
