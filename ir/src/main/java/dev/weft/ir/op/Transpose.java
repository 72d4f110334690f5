package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** The same tensor with its dimensions in another order. */
public record Transpose(List<String> axes) implements Primitive {
  public Transpose {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "transpose";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    if (type.rank() != axes.size()) {
      throw new TypeMismatch(0, "transpose to " + axes + " needs the same axes, not " + type);
    }
    var dims = axes.stream().map(a -> Dims.require(name(), operands, 0, a)).toList();
    return Typing.byAxis(operands, type.withDims(dims));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(0, operands, results);
  }

  @Override
  public boolean isLinear() {
    return true;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var axes = adjoint.operand(0).type().axes();
    return Adjoint.of(adjoint.emit(0, new Transpose(axes), adjoint.cotangent()));
  }
}
