package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same tensor with one axis under another name. */
public record Rename(String from, String to) implements Primitive, View {
  @Override
  public String name() {
    return "rename";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    var dim = Dims.require(name(), operands, 0, from);
    if (type.bears(to)) {
      throw new TypeMismatch(0, type + " bears the axis `" + to + "` already");
    }
    var result = type.withDims(Dims.replace(type.dims(), from, List.of(new Dim(to, dim.size()))));
    var factors =
        new Factors.Scribe().operands(operands).result(result, Map.of(to, List.of(from))).build();
    return new Typing(List.of(result), factors);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.of(adjoint.emit(0, new Rename(to, from), adjoint.cotangent()));
  }
}
