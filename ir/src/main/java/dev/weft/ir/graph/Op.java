package dev.weft.ir.graph;

import dev.weft.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * What an operation is: a value, usually a record whose components are its attributes. A {@link
 * Node} is a place in a program where an op is applied.
 *
 * <p>Everything true of an op on every target is declared here: result types, factor map, work,
 * gradient. What is true of one target is in that target's backend.
 */
public interface Op {
  /** The spelling in IR text. */
  String name();

  /**
   * Result types and factor map for operands of the given types.
   *
   * @throws TypeMismatch when the operands do not fit
   */
  Typing typing(List<TensorType> operands);

  /** As {@link #typing(List)}, for the ops that own bodies. */
  default Typing typing(List<TensorType> operands, List<Block> bodies) {
    if (!bodies.isEmpty()) {
      throw new TypeMismatch(name() + " has no bodies");
    }
    return typing(operands);
  }

  /** Arithmetic and memory traffic of one application. */
  default Work work(List<TensorType> operands, List<TensorType> results) {
    long flops = results.stream().mapToLong(TensorType::elements).sum();
    return Work.touching(flops, operands, results);
  }

  /**
   * Whether f(a + a', b + b', …) = f(a, b, …) + f(a', b', …) in the floating-point operands: then a
   * sum that is still spread over devices may pass through unfinished.
   */
  default boolean isLinear() {
    return false;
  }

  /**
   * The op that one device applies to its pieces: sizes among the attributes become local and
   * offsets refer to the device's place.
   *
   * @param operands the types of the whole operands
   */
  default Op localize(Cut cut, List<TensorType> operands) {
    return this;
  }

  /**
   * Emits the cotangents of the operands; empty for an operand that has none (integers, or a zero).
   *
   * @throws NotDifferentiable when the op has no gradient
   */
  List<Optional<Value>> gradient(Adjoint adjoint);
}
