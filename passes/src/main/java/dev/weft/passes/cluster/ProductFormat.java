package dev.weft.passes.cluster;

import java.util.Arrays;
import java.util.Optional;

/**
 * The format of the operands of a layer's matrix products. Where it is narrower than the training
 * precision, the kernels that make the operands also convert them, and the results have the
 * training precision (Micikevicius et al. 2022, "FP8 Formats for Deep Learning").
 */
public enum ProductFormat {
  /** The training precision. */
  TRAINING("", 0),
  /** Floats of eight bits, with a scale for each tensor or block. */
  EIGHT_BITS("f8", 1),
  /** Floats of four bits, with a scale for each block. */
  FOUR_BITS("f4", 0.5);

  /** Of a stack that does not say. */
  public static final ProductFormat USUAL = TRAINING;

  private final String rate;
  private final double bytes;

  ProductFormat(String rate, double bytes) {
    this.rate = rate;
    this.bytes = bytes;
  }

  /** The format with a rate of that name; none for a training precision. */
  public static Optional<ProductFormat> ofRate(String name) {
    return Arrays.stream(values()).filter(f -> f.rate().equals(Optional.of(name))).findFirst();
  }

  /** The name of its rate among the {@code matrixFlops} of a device; none for training's own. */
  public Optional<String> rate() {
    return this == TRAINING ? Optional.empty() : Optional.of(rate);
  }

  /** Bytes of an operand's element, where the training precision has {@code training} bytes. */
  public double bytes(int training) {
    return this == TRAINING ? training : bytes;
  }

  /**
   * Bytes of what is kept of each weight of {@code training} bytes: in eight bits as it is and
   * transposed, in place of a weight of 16 bits; else both of them beside the weight.
   */
  public double weightBytes(int training) {
    return switch (this) {
      case TRAINING -> training;
      case EIGHT_BITS -> training > 2 ? training + 2 * bytes : 2 * bytes;
      case FOUR_BITS -> training + 2 * bytes;
    };
  }
}
