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
 * Dropout (Srivastava et al. 2014), inverted: an element is zero with probability {@code rate}, and
 * multiplied by 1 / (1 - rate) otherwise.
 *
 * <p>Which elements are dropped follows from the site, a key and the element's positions alone, by
 * a hash ({@link DropoutMask}): no generator has a state. Positions are operands, one vector for
 * each dimension, and a device that holds a part of a dimension holds that part of its vector; so
 * every sharding, micro-batch and recomputation sees the same mask. For a given key the op is
 * linear in x and its own adjoint: the backward program applies it to the cotangent, and keeps no
 * mask. No sum passes through it unfinished all the same: finished, it may lie in smaller parts
 * (sequence parallelism scatters it), of which each device then drops its own.
 *
 * @param rate in [0, 1)
 * @param site tells places in a model apart that have the same key
 */
public record Dropout(double rate, int site) implements Primitive {
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a rate lies in [0, 1), not " + rate);
    }
  }

  @Override
  public String name() {
    return "dropout";
  }

  /**
   * Operands: x [a, b, …]; the key, one or more i32 scalars; the positions i32[a], i32[b], … along
   * each dimension of x.
   */
  @Override
  public Typing typing(List<TensorType> operands) {
    var x = operands.isEmpty() ? TensorType.scalar(DType.I32) : operands.getFirst();
    if (!x.dtype().isFloat() || x.rank() == 0) {
      throw new TypeMismatch(0, "dropout needs floating-point numbers along some axis, not " + x);
    }
    int keys = keys(operands);
    if (keys < 1) {
      throw new TypeMismatch("dropout takes x, a key, and positions along each of " + x.axes());
    }
    for (int i = 1; i < operands.size(); i++) {
      Dims.requireInteger(name(), operands, i);
      var dims = i <= keys ? List.of() : List.of(x.dims().get(i - 1 - keys));
      if (!operands.get(i).dims().equals(dims)) {
        throw new TypeMismatch(i, "dropout needs i32" + dims + " here, not " + operands.get(i));
      }
    }
    return Typing.byAxis(operands, x);
  }

  /** The number of scalars in the key; not positive where operands are missing. */
  public static int keys(List<TensorType> operands) {
    return operands.size() - 1 - operands.getFirst().rank();
  }

  /** By what an element that is kept is multiplied. */
  public double scale() {
    return 1 / (1 - rate);
  }

  @Override
  public List<Optional<Value>> gradient(Adjoint adjoint) {
    var operands = new ArrayList<>(adjoint.node().operands());
    operands.set(0, inOrder(adjoint));
    var dx = adjoint.emit(0, this, operands.toArray(Value[]::new));
    var cotangents = new ArrayList<>(Adjoint.none(operands.size()));
    cotangents.set(0, Optional.of(dx));
    return cotangents;
  }

  /** The cotangent with its dimensions as x has them: the mask depends on their order. */
  private static Value inOrder(Adjoint adjoint) {
    var axes = adjoint.operand(0).type().axes();
    return adjoint.cotangent().type().axes().equals(axes)
        ? adjoint.cotangent()
        : adjoint.emit(0, new Transpose(axes), adjoint.cotangent());
  }
}
