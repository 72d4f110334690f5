package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Scores in which a query does not see what comes after it: the entry of a source whose position is
 * greater than that of the query is replaced.
 *
 * <p>As in {@link Dropout} positions are operands, so that a part of the scores is masked as the
 * whole is.
 *
 * @param hidden what stands in place of an entry
 */
public record CausalMask(Hidden hidden) implements Primitive {
  /** What stands in place of a hidden entry. */
  public enum Hidden {
    /** For scores: their exponential is zero. */
    NEGATIVE_INFINITY,
    /** For cotangents. */
    ZERO
  }

  @Override
  public String name() {
    return "causal_mask";
  }

  /** Operands: the scores [.., q, .., s, ..], query positions i32[q], source positions i32[s]. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 3);
    var scores = operands.getFirst();
    for (int i = 1; i <= 2; i++) {
      Dims.requireInteger(name(), operands, i);
      var positions = operands.get(i);
      if (positions.rank() != 1 || !scores.dims().containsAll(positions.dims())) {
        throw new TypeMismatch(
            i, "causal_mask needs positions along an axis of " + scores + ", not " + positions);
      }
    }
    if (operands.get(1).equals(operands.get(2))) {
      throw new TypeMismatch(2, "queries and sources are along one axis, " + operands.get(2));
    }
    return Typing.byAxis(operands, scores);
  }

  /** The number that stands in place of a hidden entry. */
  public double value() {
    return switch (hidden) {
      case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
      case ZERO -> 0;
    };
  }

  @Override
  public boolean isLinear() {
    return hidden == Hidden.ZERO;
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var mask = new CausalMask(Hidden.ZERO);
    var queries = adjoint.operand(1);
    var sources = adjoint.operand(2);
    var dx = adjoint.emit(0, mask, adjoint.cotangent(), queries, sources);
    return List.of(Optional.of(dx), Optional.empty(), Optional.empty());
  }
}
