package dev.weft.ir.graph;

import java.util.List;
import java.util.Optional;

/**
 * What an op's gradient sees: the node, where to emit, and the cotangents of the node's results.
 *
 * @param cotangents of each result; empty where the loss does not depend on it
 */
public record Adjoint(Builder builder, Node node, List<Optional<Value>> cotangents) {
  public Value operand(int index) {
    return node.operand(index);
  }

  public Value result(int index) {
    return node.result(index);
  }

  /** The cotangent of the only result. */
  public Value cotangent() {
    return cotangent(0);
  }

  public Value cotangent(int index) {
    return cotangents
        .get(index)
        .orElseThrow(() -> new NotDifferentiable(node.op().name() + ": no cotangent " + index));
  }

  /** Refuses a loss that depends on a result which is for internal use. */
  public void requireUnused(int result) {
    if (cotangents.get(result).isPresent()) {
      throw new NotDifferentiable(
          "result " + result + " of " + node.op().name() + " is not differentiable");
    }
  }

  /** Emits an op; its result is named after the operand that it is the cotangent of. */
  public Value emit(int operand, Op op, Value... operands) {
    return builder.emit("d_" + operand(operand).name(), op, operands);
  }

  public static List<Optional<Value>> of(Value... cotangents) {
    return java.util.Arrays.stream(cotangents).map(Optional::of).toList();
  }

  public static List<Optional<Value>> none(int operands) {
    return java.util.Collections.nCopies(operands, Optional.empty());
  }
}
