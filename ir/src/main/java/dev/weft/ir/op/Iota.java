package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The integers 0, 1, 2, … along an axis.
 *
 * @param offset mesh axes that cut the axis: a device counts from its own place
 */
public record Iota(Dim axis, List<String> offset) implements Primitive {
  public Iota {
    offset = List.copyOf(offset);
  }

  @Override
  public String name() {
    return "iota";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 0);
    return Typing.byAxis(operands, TensorType.of(DType.I32, axis));
  }

  @Override
  public Iota localize(Cut cut, List<TensorType> operands) {
    return new Iota(cut.local(axis), cut.axes(axis.axis()));
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.none(0);
  }
}
