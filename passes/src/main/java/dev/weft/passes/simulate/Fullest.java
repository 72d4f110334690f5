package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.List;

/**
 * For each place the first forward of a schedule during which it keeps the most micro-batches of
 * its stages together. What the place needs at that moment is no more than what it needs at its
 * peak, and costs a search a few products instead of a walk along the schedule.
 */
public final class Fullest {
  /** Without a pipeline one micro-batch is kept at a time. */
  public static final Fullest SERIAL =
      new Fullest(new Schedule(1, 1, List.of(List.of(new Action(0, Phase.FORWARD, 0)))));

  private final int[] stages;
  private final int[][] kept;
  private final boolean[][] made;

  private Fullest(Schedule schedule) {
    int places = schedule.devices();
    this.stages = new int[places];
    this.kept = new int[places][];
    this.made = new boolean[places][];
    for (int place = 0; place < places; place++) {
      walk(place, schedule.rows().get(place));
    }
  }

  public static Fullest of(Schedule schedule) {
    return new Fullest(schedule);
  }

  private void walk(int place, List<Action> row) {
    int[] own = row.stream().mapToInt(Action::stage).distinct().sorted().toArray();
    int[] index = new int[own.length == 0 ? 0 : own[own.length - 1] + 1];
    for (int i = 0; i < own.length; i++) {
      index[own[i]] = i;
    }
    int[] now = new int[own.length];
    var done = new boolean[own.length];
    int all = 0;
    int most = 0;
    for (var action : row) {
      int at = index[action.stage()];
      switch (action.phase()) {
        case FORWARD -> {
          now[at]++;
          all++;
        }
        case BACKWARD, WEIGHT_GRADIENT -> {
          now[at]--;
          all--;
          done[at] = true;
        }
        case INPUT_GRADIENT -> {
          // Keeps what its weight gradient still needs.
        }
      }
      if (all > most) {
        most = all;
        stages[place] = action.stage();
        kept[place] = now.clone();
        made[place] = done.clone();
      }
    }
  }

  /** The stage whose forward runs. */
  int stage(int place) {
    return stages[place];
  }

  /**
   * Micro-batches of each stage of a place, in the order of the model, the running one included.
   */
  int[] kept(int place) {
    return kept[place];
  }

  /** For each stage of a place whether gradients of its weights have been made before. */
  boolean[] made(int place) {
    return made[place];
  }
}
