package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Neighbouring axes, major to minor, joined to one: the inverse of {@link Split}. */
public record Merge(List<String> axes, String axis) implements Primitive, View {
  public Merge {
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("merge needs at least one axis");
    }
  }

  @Override
  public String name() {
    return "merge";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    axes.forEach(a -> Dims.require(name(), operands, 0, a));
    int at = type.indexOf(axes.getFirst());
    if (at + axes.size() > type.rank() || !type.axes().subList(at, at + axes.size()).equals(axes)) {
      throw new TypeMismatch(0, axes + " are not neighbours, in this order, in " + type);
    }
    long size = axes.stream().mapToLong(a -> type.dim(a).size()).reduce(1, (a, b) -> a * b);
    var dims = new ArrayList<>(type.dims());
    dims.subList(at, at + axes.size()).clear();
    dims.add(at, new Dim(axis, size));
    var result = type.withDims(dims);
    var factors = new Factors.Scribe().operands(operands).result(result, Map.of(axis, axes));
    return new Typing(List.of(result), factors.build());
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var type = adjoint.operand(0).type();
    var dims = axes.stream().map(type::dim).toList();
    return Adjoint.of(adjoint.emit(0, new Split(axis, dims), adjoint.cotangent()));
  }
}
