package dev.weft.ir.op;

import dev.weft.ir.graph.Adjoint;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bucket of the relative position source - query (Raffel et al. 2020, "T5", section 2.1, and
 * its code): half of the buckets for exact small distances, the rest logarithmic up to {@code
 * maxDistance}.
 *
 * @param reach whether positions after the query have buckets of their own
 */
public record RelativeBucket(long buckets, long maxDistance, Reach reach) implements Primitive {
  /** Which sources a query may attend to. */
  public enum Reach {
    BIDIRECTIONAL,
    BACKWARD
  }

  @Override
  public String name() {
    return "relative_bucket";
  }

  /** Operands: query positions i32[q], source positions i32[s]; result i32[q, s]. */
  @Override
  public Typing typing(List<TensorType> operands) {
    Dims.requireCount(name(), operands, 2);
    Dims.requireInteger(name(), operands, 0);
    Dims.requireInteger(name(), operands, 1);
    var dims = new ArrayList<>(operands.get(0).dims());
    dims.addAll(operands.get(1).dims());
    if (dims.size() != 2) {
      throw new TypeMismatch(0, "relative_bucket needs two one-dimensional operands");
    }
    return Typing.byAxis(operands, new TensorType(DType.I32, dims));
  }

  /** The bucket for one pair of positions; the definition that every interpreter follows. */
  public int bucket(long query, long source) {
    long relative = source - query;
    long count = buckets;
    long result = 0;
    long distance;
    if (reach == Reach.BIDIRECTIONAL) {
      count /= 2;
      result = relative > 0 ? count : 0;
      distance = Math.abs(relative);
    } else {
      distance = Math.max(0, -relative);
    }
    long exact = count / 2;
    if (distance < exact) {
      return (int) (result + distance);
    }
    double fraction = Math.log((double) distance / exact) / Math.log((double) maxDistance / exact);
    long logarithmic = exact + (long) (fraction * (count - exact));
    return (int) (result + Math.min(logarithmic, count - 1));
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    return Adjoint.none(2);
  }
}
