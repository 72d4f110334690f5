package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import java.util.List;

/**
 * What the work of a place keeps and needs, in the order of its work.
 *
 * @param kept bytes of activations while each piece of work runs, what it makes included
 * @param working bytes that it needs besides
 * @param after bytes that stay when it has been done
 */
record MemoryWalk(long[] kept, long[] working, long[] after) {
  static MemoryWalk of(List<StagePrice> stages, List<Action> row) {
    long[] during = new long[row.size()];
    long[] working = new long[row.size()];
    long[] after = new long[row.size()];
    long kept = 0;
    for (int i = 0; i < row.size(); i++) {
      var stage = stages.get(row.get(i).stage());
      kept += made(row.get(i), stage);
      during[i] = kept;
      working[i] = stage.peakBytes() + stage.inputBytes();
      kept -= freed(row.get(i), stage);
      after[i] = kept;
    }
    return new MemoryWalk(during, working, after);
  }

  private static long made(Action action, StagePrice stage) {
    return switch (action.phase()) {
      case FORWARD -> stage.savedBytes();
      case BACKWARD, INPUT_GRADIENT, WEIGHT_GRADIENT -> 0;
    };
  }

  private static long freed(Action action, StagePrice stage) {
    return switch (action.phase()) {
      case BACKWARD, WEIGHT_GRADIENT -> stage.savedBytes();
      case FORWARD, INPUT_GRADIENT -> 0;
    };
  }

  /** The first piece of work at which both together are most. */
  int peak() {
    int most = 0;
    for (int i = 1; i < kept.length; i++) {
      most = kept[i] + working[i] > kept[most] + working[most] ? i : most;
    }
    return most;
  }
}
