package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One axis cut into several, major to minor: index = (i0 * n1 + i1) * n2 + i2. The dimension that
 * is cut walks the factors of the new axes.
 */
public record Split(String axis, List<Dim> dims) implements Primitive, View {
  public Split {
    dims = List.copyOf(dims);
  }

  @Override
  public String name() {
    return "split";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    var whole = Dims.require(name(), operands, 0, axis);
    long product = dims.stream().mapToLong(Dim::size).reduce(1, (a, b) -> a * b);
    if (product != whole.size()) {
      throw new TypeMismatch(0, "axis " + whole + " is not the product of " + dims);
    }
    var result = type.withDims(Dims.replace(type.dims(), axis, dims));
    var parts = dims.stream().map(Dim::axis).toList();
    var factors = new Factors.Scribe();
    dims.forEach(d -> factors.factor(d.axis(), d.size()));
    factors.operand(type, Map.of(axis, parts)).results(List.of(result));
    return new Typing(List.of(result), factors.build());
  }

  @Override
  public Split localize(Cut cut, List<TensorType> operands) {
    return new Split(axis, dims.stream().map(cut::local).toList());
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var parts = dims.stream().map(Dim::axis).toList();
    return Adjoint.of(adjoint.emit(0, new Merge(parts, axis), adjoint.cotangent()));
  }
}
