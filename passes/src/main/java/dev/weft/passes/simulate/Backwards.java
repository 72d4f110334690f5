package dev.weft.passes.simulate;

import dev.weft.ir.plan.ScheduleKind;

/** Whether earlier stages wait for the whole backward of a stage. */
public enum Backwards {
  /** They do: gradients by weights come with those by the stage's inputs. */
  WHOLE,
  /** They need not: gradients by weights may come later. */
  SPLIT;

  public static Backwards of(ScheduleKind kind) {
    return switch (kind) {
      case GPIPE, ONE_F_ONE_B, INTERLEAVED -> WHOLE;
      case ZB_H1, ZB_H2, ZB_V, DUALPIPE_V -> SPLIT;
    };
  }
}
