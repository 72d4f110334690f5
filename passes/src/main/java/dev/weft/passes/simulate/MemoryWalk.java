package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Row;
import java.util.Map;

/**
 * The memory that changes with the work of a place, piece by piece, in bytes: all that a {@link
 * MemoryCursor} says.
 */
record MemoryWalk(long[] kept, long[] gradients, long[] working, long[] after, long[] made) {
  /** The walk along the work of a place, from the beginning as a cursor has it. */
  static MemoryWalk of(StageTimes[] stages, Row row, Map<Integer, Long> fresh, long there) {
    return of(new MemoryCursor(stages, row, fresh, there), row.size());
  }

  static MemoryWalk of(MemoryCursor cursor, int size) {
    var walk =
        new MemoryWalk(
            new long[size], new long[size], new long[size], new long[size], new long[size]);
    while (cursor.advance()) {
      int at = cursor.at();
      walk.kept[at] = cursor.kept();
      walk.gradients[at] = cursor.gradients();
      walk.working[at] = cursor.working();
      walk.after[at] = cursor.after();
      walk.made[at] = cursor.made();
    }
    return walk;
  }
}
