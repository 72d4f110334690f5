package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;

/** How long work takes, in any one unit of time. */
public sealed interface Durations permits StageDurations, UniformDurations {
  /** F, I and W take 1 each, messages nothing. */
  Durations UNIT = new UniformDurations(1, 1, 1, 0);

  double of(Action action);

  /** From a device to another; work may go on meanwhile. */
  double transfer();
}
