package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.Arrays;

/** A number from 0 on for each of some actions of a schedule, in an array: there are many. */
final class ActionTable {
  /** Of an action that the table lacks. */
  static final int NONE = -1;

  private static final int PHASES = Phase.values().length;

  private final int stages;
  private final int microBatches;
  private final int[] numbers;

  /** An empty table. */
  ActionTable(Schedule schedule) {
    this.stages = schedule.stages();
    this.microBatches = schedule.microBatches();
    this.numbers = new int[Math.multiplyExact(stages * PHASES, microBatches)];
    Arrays.fill(numbers, NONE);
  }

  /** The number of an action; {@link #NONE} where it has none or is not of the schedule's size. */
  int get(Action action) {
    return get(action.stage(), action.phase(), action.micro());
  }

  int get(int stage, Phase phase, int micro) {
    boolean isInside = stage < stages && micro < microBatches;
    return isInside ? numbers[index(stage, phase, micro)] : NONE;
  }

  boolean has(Action action) {
    return get(action) != NONE;
  }

  /** Gives a number to an action of the schedule's size. */
  void put(Action action, int number) {
    numbers[index(action.stage(), action.phase(), action.micro())] = number;
  }

  private int index(int stage, Phase phase, int micro) {
    return (stage * PHASES + phase.ordinal()) * microBatches + micro;
  }
}
