package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** The piece of a replicated value that belongs to this device: no communication. */
public record ShardSlice(String axis, List<String> over, int parts) implements Primitive {
  public ShardSlice {
    over = List.copyOf(over);
  }

  @Override
  public String name() {
    return "shard_slice";
  }

  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 1);
    var type = operands.getFirst();
    var piece = Dims.piece(name(), Dims.require(name(), operands, 0, axis), parts);
    var result = type.withDims(Dims.replace(type.dims(), axis, List.of(piece)));
    return new Typing(List.of(result), Factors.byAxis(operands, List.of(result), List.of(axis)));
  }

  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(0, results, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    throw new IllegalStateException("autodiff comes before lowering");
  }
}
