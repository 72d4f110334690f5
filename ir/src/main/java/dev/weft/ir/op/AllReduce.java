package dev.weft.ir.op;

import dev.weft.ir.graph.Typing;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.type.TensorType;
import java.util.List;

/** Every device of a group receives the combination of all their values. */
public record AllReduce(Combine combine, List<String> over, int parts)
    implements Primitive, Collective {
  public AllReduce {
    over = List.copyOf(over);
  }

  @Override
  public String name() {
    return "all_reduce";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    return Typing.byAxis(operands, operands.getFirst());
  }

  @Override
  public long sentBytes(TensorType operand) {
    return 2 * (parts - 1) * operand.bytes() / parts;
  }
}
