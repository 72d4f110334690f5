package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.List;

/**
 * When each piece of work along a pipeline begins and ends, each device beginning it as soon as it
 * can. Arrays instead of maps: a step may have a hundred thousand pieces.
 */
final class Timeline {
  private static final int PHASES = Phase.values().length;

  /**
   * How long work takes.
   *
   * @param seconds by stage, then by the ordinal of the phase
   * @param transfer seconds until the next stage has what a stage sends
   */
  record Durations(double[][] seconds, double transfer) {}

  private final List<List<Action>> rows;
  private final Durations durations;
  private final int[] places;
  private final int micro;
  private final double[] ends;
  private final double[][] starts;
  private final double[] clocks;
  private final double[] busy;

  private Timeline(Schedule schedule, Durations durations, int[] places) {
    this.rows = schedule.rows();
    this.durations = durations;
    this.places = places;
    this.micro = schedule.microBatches();
    this.ends = new double[schedule.stages() * PHASES * micro];
    java.util.Arrays.fill(ends, -1);
    this.starts = new double[rows.size()][];
    this.clocks = new double[rows.size()];
    this.busy = new double[rows.size()];
  }

  /**
   * The times of a sound schedule.
   *
   * @param places the row of each stage
   */
  static Timeline of(Schedule schedule, Durations durations, int[] places) {
    var timeline = new Timeline(schedule, durations, places);
    timeline.run();
    return timeline;
  }

  private void run() {
    int[] next = new int[rows.size()];
    int left = 0;
    for (int row = 0; row < rows.size(); row++) {
      starts[row] = new double[rows.get(row).size()];
      left += rows.get(row).size();
    }
    while (left > 0) {
      int before = left;
      for (int row = 0; row < rows.size(); row++) {
        var actions = rows.get(row);
        while (next[row] < actions.size() && start(row, next[row], actions.get(next[row]))) {
          next[row]++;
          left--;
        }
      }
      if (left == before) {
        throw new IllegalArgumentException("a schedule with a deadlock has no times");
      }
    }
  }

  private boolean start(int row, int at, Action action) {
    double ready = ready(action);
    if (ready < 0) {
      return false;
    }
    double start = Math.max(clocks[row], ready);
    double seconds = durations.seconds()[action.stage()][action.phase().ordinal()];
    starts[row][at] = start;
    clocks[row] = start + seconds;
    busy[row] += seconds;
    ends[index(action.stage(), action.phase(), action.micro())] = clocks[row];
    return true;
  }

  /** When all that an action needs is there; below 0 where something is not yet. */
  private double ready(Action action) {
    int stage = action.stage();
    int m = action.micro();
    return switch (action.phase()) {
      case FORWARD -> stage == 0 ? 0 : arrival(stage - 1, stage, end(stage - 1, Phase.FORWARD, m));
      case BACKWARD, INPUT_GRADIENT -> {
        double own = end(stage, Phase.FORWARD, m);
        if (own < 0 || stage == stageCount() - 1) {
          yield own;
        }
        double next = gradientEnd(stage + 1, m);
        yield next < 0 ? -1 : Math.max(own, arrival(stage + 1, stage, next));
      }
      case WEIGHT_GRADIENT -> end(stage, Phase.INPUT_GRADIENT, m);
    };
  }

  private double arrival(int from, int to, double end) {
    return end < 0 || places[from] == places[to] ? end : end + durations.transfer();
  }

  private double gradientEnd(int stage, int m) {
    double whole = end(stage, Phase.BACKWARD, m);
    return whole >= 0 ? whole : end(stage, Phase.INPUT_GRADIENT, m);
  }

  private double end(int stage, Phase phase, int m) {
    return ends[index(stage, phase, m)];
  }

  private int index(int stage, Phase phase, int m) {
    return (stage * PHASES + phase.ordinal()) * micro + m;
  }

  private int stageCount() {
    return places.length;
  }

  /** When a place has done all of its work. */
  double end(int place) {
    return clocks[place];
  }

  /** How long a place works. */
  double busy(int place) {
    return busy[place];
  }

  /** When each piece of work of a place begins, in the order of its row. */
  double[] starts(int place) {
    return starts[place].clone();
  }
}
