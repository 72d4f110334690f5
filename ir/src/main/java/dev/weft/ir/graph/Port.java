package dev.weft.ir.graph;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a parameter or a result of a function is for. */
public sealed interface Port {
  /** Unique among the inputs, and among the outputs, of a function. */
  String name();

  /** A trainable tensor; the name is its path, such as {@code blocks.attention.wq}. */
  record Weight(String name, Init init) implements Port {}

  /**
   * A tensor of each batch.
   *
   * @param bound integers lie in [0, bound)
   * @param textShift present when text feeds it: token i holds character i + shift
   */
  record Data(String name, OptionalLong bound, OptionalInt textShift) implements Port {}

  /** A piece of optimizer state, such as slot {@code m} of a weight or of a packed vector. */
  record State(String name) implements Port {}

  /** The number of the training step, counted from 1. */
  record Step(String name) implements Port {}

  /** The scalar that training minimises. */
  record Loss(String name) implements Port {}

  /** A result that the model declares. */
  record Output(String name) implements Port {}

  /** The gradient of the loss by a weight; the name is the weight's path. */
  record Gradient(String name) implements Port {}

  /** Whether this is a port of weights. */
  default Optional<Weight> asWeight() {
    return this instanceof Weight weight ? Optional.of(weight) : Optional.empty();
  }
}
