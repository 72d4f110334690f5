package dev.weft.ir.schedule;

/**
 * One entry of a schedule.
 *
 * @param stage counted from 0 along the model; a device may hold several
 * @param micro the micro-batch, counted from 0
 */
public record Action(int stage, Phase phase, int micro) {
  public Action {
    if (stage < 0 || micro < 0) {
      throw new IllegalArgumentException("stage " + stage + ", micro-batch " + micro);
    }
  }

  /** Such as {@code 3F0}: stage 3, forward, micro-batch 0. */
  @Override
  public String toString() {
    return "" + stage + phase.letter() + micro;
  }
}
