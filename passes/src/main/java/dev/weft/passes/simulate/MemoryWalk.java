package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;
import java.util.List;
import java.util.Map;

/**
 * The memory that changes with the work of a place, piece by piece, in bytes. A backward frees what
 * was kept layer by layer while it makes gradients: either its beginning or its end takes most.
 *
 * @param kept activations while each piece of work takes most
 * @param gradients at the same time
 * @param working what the piece of work needs besides
 * @param after activations that stay when it has been done
 * @param made gradients when it has been done
 */
record MemoryWalk(long[] kept, long[] gradients, long[] working, long[] after, long[] made) {
  /**
   * The walk along the work of a place.
   *
   * @param fresh the bytes of gradients that the first backward of a stage makes, by stage; a stage
   *     whose gradients have their memory from the beginning is absent
   * @param there bytes of gradients that are there from the beginning
   */
  static MemoryWalk of(List<StagePrice> stages, Row row, Map<Integer, Long> fresh, long there) {
    int size = row.size();
    var walk =
        new MemoryWalk(
            new long[size], new long[size], new long[size], new long[size], new long[size]);
    var ungrown = new long[stages.size()];
    fresh.forEach((stage, bytes) -> ungrown[stage] = bytes);
    long kept = 0;
    long gradients = there;
    for (int i = 0; i < size; i++) {
      int at = row.stage(i);
      var phase = row.phase(i);
      var stage = stages.get(at);
      long freed = freed(phase, stage);
      long grown = isLast(phase) ? ungrown[at] : 0;
      ungrown[at] -= grown;
      kept += kept(phase, stage);
      boolean isFullAtEnd = grown > freed;
      walk.kept[i] = isFullAtEnd ? kept - freed : kept;
      walk.gradients[i] = isFullAtEnd ? gradients + grown : gradients;
      walk.working[i] = stage.peakBytes() + stage.inputBytes();
      kept -= freed;
      gradients += grown;
      walk.after[i] = kept;
      walk.made[i] = gradients;
    }
    return walk;
  }

  private static long kept(Phase phase, StagePrice stage) {
    return switch (phase) {
      case FORWARD -> stage.savedBytes();
      case BACKWARD, INPUT_GRADIENT, WEIGHT_GRADIENT -> 0;
    };
  }

  private static long freed(Phase phase, StagePrice stage) {
    return isLast(phase) ? stage.savedBytes() : 0;
  }

  /** Whether a piece of work makes gradients of weights, and so ends what a micro-batch keeps. */
  private static boolean isLast(Phase phase) {
    return switch (phase) {
      case BACKWARD, WEIGHT_GRADIENT -> true;
      case FORWARD, INPUT_GRADIENT -> false;
    };
  }

  /** The first piece of work at which all together are most. */
  int peak() {
    int most = 0;
    for (int i = 1; i < kept.length; i++) {
      most = total(i) > total(most) ? i : most;
    }
    return most;
  }

  private long total(int i) {
    return kept[i] + gradients[i] + working[i];
  }
}
