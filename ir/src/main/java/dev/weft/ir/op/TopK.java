package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The entries whose scores are among the greatest along an axis; the others are zero. Of equal
 * scores the earlier goes first. The choice itself has no slope: a cotangent passes where an entry
 * did.
 *
 * @param axis along which entries compete
 * @param count how many of them stay
 */
public record TopK(String axis, long count) implements Primitive {
  public TopK {
    if (count < 1) {
      throw new IllegalArgumentException("top_k keeps at least one entry, not " + count);
    }
  }

  @Override
  public String name() {
    return "top_k";
  }

  /** Operands: x, its scores. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    var dim = Dims.require(name(), operands, 0, axis);
    var x = operands.get(0);
    if (!operands.get(1).dims().equals(x.dims())) {
      throw new TypeMismatch(1, "the scores of " + x + " need its axes, not " + operands.get(1));
    }
    if (count > dim.size()) {
      throw new TypeMismatch(0, "top_k keeps " + count + " entries of " + dim);
    }
    return new Typing(List.of(x), Factors.byAxis(operands, List.of(x), List.of(axis)));
  }

  /** A selection compares each score with the last that is kept. */
  @Override
  public Work work(List<TensorType> operands, List<TensorType> results) {
    return Work.touching(0, operands, results);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var dx = adjoint.emit(0, this, adjoint.cotangent(), adjoint.operand(1));
    return List.of(Optional.of(dx), Optional.empty());
  }
}
