package dev.weft.ir.graph;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a parameter or a result of a function is for. */
public sealed interface Port {
  /** Unique among the inputs, and among the outputs, of a function. */
  String name();

  /** A trainable tensor; the name is its path, such as {@code blocks.attention.wq}. */
  record Weight(String name, Init init, Optional<Rows> rows) implements Port {
    /** A whole weight. */
    public Weight(String name, Init init) {
      this(name, init, Optional.empty());
    }

    /** Some rows of a stacked weight; the name says which. */
    public static Weight of(String path, Init init, Rows rows) {
      return new Weight(path + rows, init, Optional.of(rows));
    }

    /** The path of the whole weight. */
    public String path() {
      return rows.map(r -> name.substring(0, name.length() - r.toString().length())).orElse(name);
    }
  }

  /**
   * Consecutive entries along the first axis of a stacked weight: the layers of one pipeline stage.
   *
   * @param first counted from 0
   * @param count how many
   * @param of how many the whole weight has
   */
  record Rows(long first, long count, long of) {
    public Rows {
      if (first < 0 || count < 1 || first + count > of) {
        throw new IllegalArgumentException(first + " + " + count + " of " + of);
      }
    }

    /** {@code [4:8]}. */
    @Override
    public String toString() {
      return "[" + first + ":" + (first + count) + "]";
    }
  }

  /**
   * A tensor of each batch.
   *
   * @param bound integers lie in [0, bound)
   * @param feed where its entries come from
   */
  record Data(String name, OptionalLong bound, Feed feed) implements Port {
    /** A tensor that text feeds, or nothing but chance: see {@link Feed.Text}. */
    public Data(String name, OptionalLong bound, OptionalInt textShift) {
      this(
          name,
          bound,
          textShift.isPresent() ? new Feed.Text(textShift.getAsInt()) : new Feed.Synthetic());
    }

    /** How far text that feeds it is shifted; empty where none does. */
    public OptionalInt textShift() {
      return feed instanceof Feed.Text(int shift) ? OptionalInt.of(shift) : OptionalInt.empty();
    }
  }

  /** Where the entries of a tensor of each batch come from. */
  sealed interface Feed {
    /** From whoever trains; where nobody gives any, they are drawn at random. */
    record Synthetic() implements Feed {}

    /** From a text, if one is given: token i holds character i + shift. */
    record Text(int shift) implements Feed {}

    /**
     * The positions 0, 1, 2, … of the whole batch along the only axis of the tensor. A micro-batch
     * has its own part of them, so that what depends on a position does not depend on how the batch
     * is cut.
     */
    record Positions() implements Feed {}

    /**
     * One integer, which changes from step to step and follows from the seed and the number of the
     * step alone: the key of all random choices of a step.
     */
    record StepKey() implements Feed {}
  }

  /**
   * A piece of optimizer state, such as slot {@code m} of a packed vector.
   *
   * @param start what it holds before the first step
   */
  record State(String name, Start start) implements Port {
    /** State that begins as 0. */
    public State(String name) {
      this(name, new Start.Constant(0));
    }
  }

  /** What optimizer state holds before the first step. */
  sealed interface Start {
    /** One number everywhere. */
    record Constant(double value) implements Start {}

    /** The first weights, packed as the state is, in the state's precision. */
    record Weights() implements Start {}
  }

  /** The number of the training step, counted from 1. */
  record Step(String name) implements Port {}

  /** The scalar that training minimises. */
  record Loss(String name) implements Port {}

  /** A result that the model declares. */
  record Output(String name) implements Port {}

  /** The gradient of the loss by a weight; the name is the weight's path. */
  record Gradient(String name) implements Port {}

  /**
   * A value that one pipeline stage computes and later ones take; the name is unique in a module.
   */
  record Activation(String name) implements Port {}

  /**
   * The gradient of the loss by an activation: from a stage that takes it to the one that made it.
   */
  record Cotangent(String name) implements Port {}

  /** A value that one phase of a stage keeps for a later phase of the same micro-batch. */
  record Saved(String name) implements Port {}

  /** Whether this is a port of weights. */
  default Optional<Weight> asWeight() {
    return this instanceof Weight weight ? Optional.of(weight) : Optional.empty();
  }
}
