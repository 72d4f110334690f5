package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;
import java.util.Map;

/**
 * Goes along the work of a place, piece by piece, and says what memory changes with it, in bytes. A
 * backward frees what was kept layer by layer while it makes gradients: either its beginning or its
 * end takes most.
 */
final class MemoryCursor {
  private final StageTimes[] stages;
  private final Row row;
  private final long[] ungrown;
  private int at = -1;
  private long kept;
  private long gradients;
  private long working;
  private long after;
  private long made;

  /**
   * Before the first piece of work.
   *
   * @param fresh the bytes of gradients that the first backward of a stage makes, by stage; a stage
   *     whose gradients have their memory from the beginning is absent
   * @param there bytes of gradients that are there from the beginning
   */
  MemoryCursor(StageTimes[] stages, Row row, Map<Integer, Long> fresh, long there) {
    this.stages = stages;
    this.row = row;
    this.ungrown = new long[stages.length];
    fresh.forEach((stage, bytes) -> ungrown[stage] = bytes);
    this.made = there;
  }

  /** Goes on to the next piece of work; false where there is none. */
  boolean advance() {
    if (at + 1 == row.size()) {
      return false;
    }
    at++;
    int number = row.stage(at);
    var stage = stages[number];
    boolean isLast = isLast(row.phase(at));
    long freed = isLast ? stage.savedBytes() : 0;
    long grown = isLast ? ungrown[number] : 0;
    ungrown[number] -= grown;
    long all = row.phase(at) == Phase.FORWARD ? after + stage.savedBytes() : after;
    boolean isFullAtEnd = grown > freed;
    kept = isFullAtEnd ? all - freed : all;
    gradients = isFullAtEnd ? made + grown : made;
    working = stage.workingBytes();
    after = all - freed;
    made += grown;
    return true;
  }

  /** Whether a piece of work makes gradients of weights, and so ends what a micro-batch keeps. */
  private static boolean isLast(Phase phase) {
    return switch (phase) {
      case BACKWARD, WEIGHT_GRADIENT -> true;
      case FORWARD, INPUT_GRADIENT -> false;
    };
  }

  /** The number of the piece of work. */
  int at() {
    return at;
  }

  /** Activations while the piece of work takes most. */
  long kept() {
    return kept;
  }

  /** Gradients at the same time. */
  long gradients() {
    return gradients;
  }

  /** What the piece of work needs besides. */
  long working() {
    return working;
  }

  /** All three. */
  long total() {
    return kept + gradients + working;
  }

  /** Activations that stay when it has been done. */
  long after() {
    return after;
  }

  /** Gradients when it has been done. */
  long made() {
    return made;
  }
}
