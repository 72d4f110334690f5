package dev.weft.cli.validate;

import java.util.Locale;

/** What a published figure of memory is of. */
public enum MemoryReading {
  /** Tensors at the peak of a step. */
  STEP,
  /**
   * Tensors at the peak of the optimizer's update alone. nanotron resets its counter after the
   * backward, so that its figure holds no activations: runs with 40 GiB of them report 4.
   */
  UPDATE;

  /** From a source's own words. */
  static MemoryReading of(String words) {
    return words.toLowerCase(Locale.ROOT).contains("nanotron mem alloc") ? UPDATE : STEP;
  }
}
