package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * One entry along an axis at each place, chosen by integers. Cut along the axis, a device finds
 * zero for an entry that another device holds.
 *
 * @param axis the axis that disappears
 * @param offset mesh axes that cut it
 */
public record Pick(String axis, List<String> offset) implements Primitive {
  public Pick {
    offset = List.copyOf(offset);
  }

  @Override
  public String name() {
    return "pick";
  }

  /** Operands: x, ids; ids bears the axes of x but the picked one. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireInteger(name(), operands, 1);
    Dims.require(name(), operands, 0, axis);
    var x = operands.get(0);
    var ids = operands.get(1);
    var result = x.without(List.of(axis));
    if (ids.rank() != result.rank() || !ids.axes().containsAll(result.axes())) {
      throw new TypeMismatch(1, "the ids need the axes " + result.axes() + ", not " + ids.axes());
    }
    return Typing.byAxis(operands, result);
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
  public Pick localize(Cut cut, List<TensorType> operands) {
    return new Pick(axis, cut.axes(axis));
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var x = adjoint.operand(0).type();
    var hot =
        adjoint
            .builder()
            .emit("hot", new OneHot(x.dim(axis), List.of(), x.dtype()), adjoint.operand(1));
    var dx = adjoint.emit(0, Binary.MUL, hot, adjoint.cotangent());
    var ordered = adjoint.emit(0, new Transpose(x.axes()), dx);
    return List.of(Optional.of(ordered), Optional.empty());
  }
}
