package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * 1 where the index along a new last axis equals the integer, else 0.
 *
 * @param offset mesh axes that cut the new axis
 */
public record OneHot(Dim axis, List<String> offset, DType dtype) implements Primitive {
  public OneHot {
    offset = List.copyOf(offset);
  }

  @Override
  public String name() {
    return "one_hot";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    Dims.requireInteger(name(), operands, 0);
    var dims = new ArrayList<>(operands.getFirst().dims());
    dims.add(axis);
    return Typing.byAxis(operands, new TensorType(dtype, dims));
  }

  @Override
  public OneHot localize(Cut cut, List<TensorType> operands) {
    return new OneHot(cut.local(axis), cut.axes(axis.axis()), dtype);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.none(1);
  }
}
