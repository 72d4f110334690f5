package dev.weft.passes.schedule;

import dev.weft.ir.plan.ScheduleKind;
import java.util.Optional;

/** How the stages of a schedule lie on the devices along a pipeline. */
public enum StageShape {
  /** One stage on each device. */
  LINE,
  /** Round and round: stage {@code s} on device {@code s mod p}. */
  LOOP,
  /** There and back again: device 0 has the first and the last stage (Qi et al. 2024). */
  V;

  /** The number of chunks that a V has. */
  private static final int OF_V = 2;

  public static StageShape of(ScheduleKind kind) {
    return switch (kind) {
      case GPIPE, ONE_F_ONE_B, ZB_H2 -> LINE;
      case INTERLEAVED, ZB_H1 -> LOOP;
      case ZB_V, DUALPIPE_V -> V;
    };
  }

  /** Stages of each device, where nobody says how many. */
  public static int usualChunks(ScheduleKind kind) {
    return switch (kind) {
      case GPIPE, ONE_F_ONE_B, ZB_H1, ZB_H2 -> 1;
      case INTERLEAVED -> 2;
      case ZB_V, DUALPIPE_V -> OF_V;
    };
  }

  /** The one legal number of stages of each device; empty where any number is. */
  public Optional<Integer> chunks() {
    return switch (this) {
      case LINE -> Optional.of(1);
      case LOOP -> Optional.empty();
      case V -> Optional.of(OF_V);
    };
  }

  /** The device of a stage. */
  public int device(int stage, int devices) {
    return switch (this) {
      case LINE, LOOP -> stage % devices;
      case V -> stage < devices ? stage : OF_V * devices - 1 - stage;
    };
  }
}
