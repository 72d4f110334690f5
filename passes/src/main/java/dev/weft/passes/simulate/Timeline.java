package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.Arrays;
import java.util.List;

/**
 * When each piece of work along a pipeline and each message between its places begins and ends,
 * every device beginning its next work as soon as it can. Arrays instead of maps: a step may have a
 * hundred thousand pieces.
 *
 * <p>A message takes the way from its sender to its receiver for itself: the next one on the same
 * way begins after it. As much of it as the software cannot run behind work is time of the sender;
 * a receiver goes on with what it has until it needs the message.
 */
final class Timeline {
  private static final int PHASES = Phase.values().length;

  private final List<List<Action>> rows;
  private final Pace pace;
  private final int[] places;
  private final int micro;

  /** When work ends and when its result has arrived where it is needed, by work; -1: not yet. */
  private final double[] ends;

  private final double[] arrivals;

  /** When a way from a place to another is free again. */
  private final double[] ways;

  private final double[][] starts;
  private final double[][] sendStarts;
  private final double[] clocks;
  private final double[] busy;
  private final double[] stretched;
  private final double[] transfers;
  private int events;

  private Timeline(Schedule schedule, Pace pace, int[] places) {
    this.rows = schedule.rows();
    this.pace = pace;
    this.places = places;
    this.micro = schedule.microBatches();
    this.ends = new double[schedule.stages() * PHASES * micro];
    this.arrivals = new double[ends.length];
    Arrays.fill(ends, -1);
    this.ways = new double[rows.size() * rows.size()];
    this.starts = new double[rows.size()][];
    this.sendStarts = new double[rows.size()][];
    this.clocks = pace.begins().clone();
    this.busy = new double[rows.size()];
    this.stretched = new double[rows.size()];
    this.transfers = new double[rows.size()];
  }

  /**
   * The times of a sound schedule.
   *
   * @param places the row of each stage
   */
  static Timeline of(Schedule schedule, Pace pace, int[] places) {
    var timeline = new Timeline(schedule, pace, places);
    timeline.run();
    return timeline;
  }

  private void run() {
    int[] next = new int[rows.size()];
    int left = 0;
    for (int row = 0; row < rows.size(); row++) {
      starts[row] = new double[rows.get(row).size()];
      sendStarts[row] = new double[rows.get(row).size()];
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
    int needed = needed(action);
    if (needed >= 0 && ends[needed] < 0) {
      return false;
    }
    events++;
    double ready = needed < 0 ? 0 : arrivals[needed];
    double start = Math.max(clocks[row], ready);
    if (needed >= 0) {
      transfers[row] += Math.min(start - clocks[row], ready - ends[needed]);
    }
    double end = end(row, action, start);
    starts[row][at] = start;
    int index = index(action.stage(), action.phase(), action.micro());
    ends[index] = end;
    arrivals[index] = end;
    clocks[row] = end;
    sendStarts[row][at] = end;
    int to = receiver(action);
    if (to >= 0 && to != row) {
      send(row, at, index, to, seconds(action));
    }
    return true;
  }

  /** The first forward of a stage cannot end before its weights are there. */
  private double end(int row, Action action, double start) {
    double seconds = pace.work()[action.stage()][action.phase().ordinal()];
    double end = start + seconds;
    busy[row] += seconds;
    double gathered = pace.gathered()[action.stage()];
    if (action.phase() == Phase.FORWARD && action.micro() == 0 && gathered > end) {
      stretched[row] += gathered - end;
      return gathered;
    }
    return end;
  }

  private void send(int row, int at, int index, int to, double seconds) {
    int way = row * rows.size() + to;
    double end = ends[index];
    double start = Math.max(end, ways[way]);
    double arrival = start + seconds;
    double spent = (1 - pace.behindWork()) * (arrival - end);
    sendStarts[row][at] = start;
    ways[way] = arrival;
    arrivals[index] = arrival;
    transfers[row] += spent;
    clocks[row] = end + spent;
  }

  /** The index of the work for which an action waits longest; below 0 where it waits for none. */
  private int needed(Action action) {
    int stage = action.stage();
    int m = action.micro();
    return switch (action.phase()) {
      case FORWARD -> stage == 0 ? -1 : index(stage - 1, Phase.FORWARD, m);
      case BACKWARD, INPUT_GRADIENT ->
          stage == places.length - 1 ? index(stage, Phase.FORWARD, m) : gradient(stage + 1, m);
      case WEIGHT_GRADIENT -> index(stage, Phase.INPUT_GRADIENT, m);
    };
  }

  private int gradient(int stage, int m) {
    int whole = index(stage, Phase.BACKWARD, m);
    return ends[whole] >= 0 ? whole : index(stage, Phase.INPUT_GRADIENT, m);
  }

  /** The place that takes the result; below 0 where none does. */
  private int receiver(Action action) {
    return switch (action.phase()) {
      case FORWARD -> action.stage() == places.length - 1 ? -1 : places[action.stage() + 1];
      case BACKWARD, INPUT_GRADIENT -> action.stage() == 0 ? -1 : places[action.stage() - 1];
      case WEIGHT_GRADIENT -> -1;
    };
  }

  private double seconds(Action action) {
    return action.phase() == Phase.FORWARD
        ? pace.activations()[action.stage()]
        : pace.gradients()[action.stage()];
  }

  private int index(int stage, Phase phase, int m) {
    return (stage * PHASES + phase.ordinal()) * micro + m;
  }

  /** When a place has done all of its work. */
  double end(int place) {
    return clocks[place];
  }

  /** How long a place works. */
  double busy(int place) {
    return busy[place];
  }

  /** How much longer first forwards take because weights are not there yet. */
  double stretched(int place) {
    return stretched[place];
  }

  /** How long a place sends and does nothing else, or waits for what is on its way. */
  double transfers(int place) {
    return transfers[place];
  }

  /** When a piece of work of a row begins. */
  double start(int place, int at) {
    return starts[place][at];
  }

  /** When a piece of work has been done. */
  double end(Action action) {
    return ends[index(action.stage(), action.phase(), action.micro())];
  }

  /** When the message that follows a piece of work of a row sets out. */
  double departure(int place, int at) {
    return sendStarts[place][at];
  }

  /** When its receiver has it; the end of the work itself where nothing is sent. */
  double arrival(Action action) {
    return arrivals[index(action.stage(), action.phase(), action.micro())];
  }

  /** The place that a piece of work sends its result to; below 0 where it stays. */
  int destination(Action action) {
    int to = receiver(action);
    return to == places[action.stage()] ? -1 : to;
  }

  /** How many pieces of work were simulated. */
  int events() {
    return events;
  }
}
