package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** The same numbers in another element type, rounded to nearest even. */
public record Convert(DType dtype) implements Primitive {
  @Override
  public String name() {
    return "convert";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    return Typing.byAxis(operands, operands.getFirst().withDType(dtype));
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var from = adjoint.operand(0).type().dtype();
    if (!from.isFloat() || !dtype.isFloat()) {
      return Adjoint.none(1);
    }
    return Adjoint.of(adjoint.emit(0, new Convert(from), adjoint.cotangent()));
  }
}
