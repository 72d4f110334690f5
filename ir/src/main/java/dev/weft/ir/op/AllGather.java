package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;

/** The pieces of a group joined along an axis, in the order of the group. */
public record AllGather(String axis, List<String> over, int parts)
    implements Primitive, Collective {
  public AllGather {
    over = List.copyOf(over);
  }

  @Override
  public String name() {
    return "all_gather";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var dim = Dims.require(name(), operands, 0, axis);
    var type = operands.getFirst();
    var whole = dim.resized(dim.size() * parts);
    var result = type.withDims(Dims.replace(type.dims(), axis, List.of(whole)));
    return new Typing(List.of(result), Factors.byAxis(operands, List.of(result), List.of(axis)));
  }

  @Override
  public long sentBytes(TensorType operand) {
    return (parts - 1) * operand.bytes();
  }
}
