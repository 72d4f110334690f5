package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.type.TensorType;
import java.util.List;

/** Each device of a group receives its piece, along an axis, of the sum of all their values. */
public record ReduceScatter(String axis, Combine combine, List<String> over, int parts)
    implements Primitive, Collective {
  public ReduceScatter {
    over = List.copyOf(over);
  }

  @Override
  public String name() {
    return "reduce_scatter";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var dim = Dims.require(name(), operands, 0, axis);
    var type = operands.getFirst();
    var result =
        type.withDims(Dims.replace(type.dims(), axis, List.of(Dims.piece(name(), dim, parts))));
    return new Typing(List.of(result), Factors.byAxis(operands, List.of(result), List.of(axis)));
  }

  @Override
  public long sentBytes(TensorType operand) {
    return (parts - 1) * operand.bytes() / parts;
  }
}
