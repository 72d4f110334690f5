package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;
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
  /** Forwards, gradients of inputs with or without those of weights, gradients of weights. */
  private static final int KINDS = 3;

  private final List<Row> rows;
  private final Pace pace;
  private final int[] places;
  private final int micro;

  /**
   * For each piece of work when it ends, and when its result has arrived where it is needed; -1:
   * not yet.
   */
  private final double[] done;

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
    this.done = new double[2 * KINDS * schedule.stages() * micro];
    Arrays.fill(done, -1);
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
    for (int place = 0; place < rows.size(); place++) {
      starts[place] = new double[rows.get(place).size()];
      sendStarts[place] = new double[rows.get(place).size()];
      left += rows.get(place).size();
    }
    while (left > 0) {
      int before = left;
      for (int place = 0; place < rows.size(); place++) {
        int reached = advance(place, next[place]);
        left -= reached - next[place];
        next[place] = reached;
      }
      if (left == before) {
        throw new IllegalArgumentException("a schedule with a deadlock has no times");
      }
    }
  }

  /** Does the work of a place as far as its operands are there; the first piece that waits. */
  private int advance(int place, int from) {
    var row = rows.get(place);
    int at = from;
    while (at < row.size()) {
      int stage = row.stage(at);
      var phase = row.phase(at);
      int m = row.micro(at);
      int needed = needed(stage, phase, m);
      if (needed >= 0 && done[needed] < 0) {
        break;
      }
      double start = begin(place, needed);
      double end = end(place, stage, phase, m, start);
      starts[place][at] = start;
      int index = index(stage, phase, m);
      done[index] = end;
      done[index + 1] = end;
      clocks[place] = end;
      int to = receiver(stage, phase);
      sendStarts[place][at] = to < 0 || to == place ? end : send(place, to, index, stage, phase);
      at++;
    }
    events += at - from;
    return at;
  }

  private double begin(int place, int needed) {
    double clock = clocks[place];
    if (needed < 0) {
      return clock;
    }
    double ready = done[needed + 1];
    double start = Math.max(clock, ready);
    transfers[place] += Math.min(start - clock, ready - done[needed]);
    return start;
  }

  /** The first forward of a stage cannot end before its weights are there. */
  private double end(int place, int stage, Phase phase, int m, double start) {
    double seconds = pace.work()[stage][phase.ordinal()];
    double end = start + seconds;
    busy[place] += seconds;
    double gathered = pace.gathered()[stage];
    if (phase == Phase.FORWARD && m == 0 && gathered > end) {
      stretched[place] += gathered - end;
      return gathered;
    }
    return end;
  }

  /** Sends the result of a piece of work that has just ended; when that sets out. */
  private double send(int place, int to, int index, int stage, Phase phase) {
    int way = place * rows.size() + to;
    double end = done[index];
    double start = Math.max(end, ways[way]);
    double seconds = phase == Phase.FORWARD ? pace.activations()[stage] : pace.gradients()[stage];
    double arrival = start + seconds;
    double spent = (1 - pace.behindWork()) * (arrival - end);
    ways[way] = arrival;
    done[index + 1] = arrival;
    transfers[place] += spent;
    clocks[place] = end + spent;
    return start;
  }

  /** The index of the work for which a piece waits longest; below 0 where it waits for none. */
  private int needed(int stage, Phase phase, int m) {
    return switch (phase) {
      case FORWARD -> stage == 0 ? -1 : index(stage - 1, Phase.FORWARD, m);
      case BACKWARD, INPUT_GRADIENT ->
          stage == places.length - 1
              ? index(stage, Phase.FORWARD, m)
              : index(stage + 1, Phase.INPUT_GRADIENT, m);
      case WEIGHT_GRADIENT -> index(stage, Phase.INPUT_GRADIENT, m);
    };
  }

  /** The place that takes the result; below 0 where none does. */
  private int receiver(int stage, Phase phase) {
    return switch (phase) {
      case FORWARD -> stage == places.length - 1 ? -1 : places[stage + 1];
      case BACKWARD, INPUT_GRADIENT -> stage == 0 ? -1 : places[stage - 1];
      case WEIGHT_GRADIENT -> -1;
    };
  }

  /** A whole backward has the place of its first half, which no schedule has besides. */
  private int index(int stage, Phase phase, int m) {
    int kind =
        switch (phase) {
          case FORWARD -> 0;
          case BACKWARD, INPUT_GRADIENT -> 1;
          case WEIGHT_GRADIENT -> 2;
        };
    return 2 * ((stage * KINDS + kind) * micro + m);
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
    return done[index(action.stage(), action.phase(), action.micro())];
  }

  /** When the message that follows a piece of work of a row sets out. */
  double departure(int place, int at) {
    return sendStarts[place][at];
  }

  /** When its receiver has it; the end of the work itself where nothing is sent. */
  double arrival(Action action) {
    return done[index(action.stage(), action.phase(), action.micro()) + 1];
  }

  /** The place that a piece of work sends its result to; below 0 where it stays. */
  int destination(Action action) {
    int to = receiver(action.stage(), action.phase());
    return to == places[action.stage()] ? -1 : to;
  }

  /** How many pieces of work were simulated. */
  int events() {
    return events;
  }
}
