package dev.weft.frontend.check;

import dev.weft.ir.graph.Value;
import java.util.OptionalLong;

/** What a name or an expression stands for. */
sealed interface Meaning {
  /** What has been reported as wrong; whatever is made of it is unknown too. */
  Unknown UNKNOWN = new Unknown();

  /**
   * A tensor.
   *
   * @param bound where it is of integers, they lie in [0, bound)
   */
  record Tensor(Value value, OptionalLong bound) implements Meaning {
    static Tensor of(Value value) {
      return new Tensor(value, OptionalLong.empty());
    }

    Tensor with(Value other) {
      return new Tensor(other, bound);
    }
  }

  /** A number known now. */
  record Number(double value) implements Meaning {}

  /** A truth value known now. */
  record Truth(boolean value) implements Meaning {}

  /** See {@link #UNKNOWN}. */
  record Unknown() implements Meaning {}
}
