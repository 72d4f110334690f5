package dev.weft.ir.op;

import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.type.TensorType;
import java.util.List;

/**
 * Each device of a group cuts its value along {@code split}, sends piece i to device i, and joins
 * what it receives along {@code join}.
 */
public record AllToAll(String split, String join, List<String> over, int parts)
    implements Primitive, Collective {
  public AllToAll {
    over = List.copyOf(over);
  }

  @Override
  public String name() {
    return "all_to_all";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    var cut = Dims.piece(name(), Dims.require(name(), operands, 0, split), parts);
    var joined = Dims.require(name(), operands, 0, join);
    var dims = Dims.replace(type.dims(), split, List.of(cut));
    dims = Dims.replace(dims, join, List.of(joined.resized(joined.size() * parts)));
    var result = type.withDims(dims);
    return new Typing(
        List.of(result), Factors.byAxis(operands, List.of(result), List.of(split, join)));
  }

  @Override
  public long sentBytes(TensorType operand) {
    return (parts - 1) * operand.bytes() / parts;
  }
}
