package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** One constant everywhere. */
public record Fill(double value, TensorType type) implements Primitive {
  @Override
  public String name() {
    return "fill";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 0);
    return Typing.byAxis(operands, type);
  }

  @Override
  public Fill localize(Cut cut, List<TensorType> operands) {
    return new Fill(value, type.withDims(type.dims().stream().map(cut::local).toList()));
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.none(0);
  }
}
