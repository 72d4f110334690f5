package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;

/**
 * What one device sends to another: activations to the next stage, or gradients to the one before.
 *
 * @param of the work whose result it is
 * @param from the sender's place along the pipeline
 * @param to the receiver's place
 */
record Transfer(Action of, int from, int to) {
  /** Such as {@code output of 1F2} or {@code gradient of 3I0}. */
  @Override
  public String toString() {
    return (of.phase() == Phase.FORWARD ? "output of " : "gradient of ") + of;
  }
}
