package dev.weft.ir.plan;

import java.util.List;

/** What the backward computes again instead of keeping it from the forward. */
public sealed interface RematPlan {
  /** Nothing: everything that the backward needs is kept. */
  record None() implements RematPlan {}

  /** The core of attention (Korthikanti et al. 2022, section 5). */
  record Selective() implements RematPlan {}

  /** Everything within a layer: its input alone is kept (Chen et al. 2016). */
  record Full() implements RematPlan {}

  /**
   * The cheapest set with which a device's peak memory stays within a limit.
   *
   * @param bytes the limit of each device
   */
  record Budget(long bytes) implements RematPlan {}

  /**
   * The values that the user names.
   *
   * @param recompute names of values, or {@code label/name} for those of one repeat
   */
  record Values(List<String> recompute) implements RematPlan {
    public Values {
      recompute = List.copyOf(recompute);
    }
  }
}
