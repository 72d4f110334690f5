package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;
import java.util.Arrays;

/**
 * The first forward of a device during which it keeps the most micro-batches of its stages
 * together. What the device needs at that moment is no more than what it needs at its peak.
 *
 * @param stage whose forward runs
 * @param kept micro-batches of each stage of the device, in the order of the model, the running one
 *     included
 * @param made for each stage whether gradients of its weights have been made before
 */
public record Fullest(int stage, int[] kept, boolean[] made) {
  /** Without a pipeline one micro-batch is kept at a time. */
  public static final Fullest SERIAL = beforeBackwards(0, 1);

  /** A moment before the first backward. */
  static Fullest beforeBackwards(int stage, int... kept) {
    return new Fullest(stage, kept, new boolean[kept.length]);
  }

  /** That of any row, found by walking along it. */
  static Fullest of(Row row) {
    return new Walk(row).run();
  }

  /** A row and what its device keeps, piece by piece. */
  private static final class Walk {
    private final Row row;
    private final int[] stages;
    private final int[] now;
    private final boolean[] done;

    Walk(Row row) {
      this.row = row;
      this.stages = row.stream().mapToInt(a -> a.stage()).distinct().sorted().toArray();
      this.now = new int[stages.length];
      this.done = new boolean[stages.length];
    }

    Fullest run() {
      var fullest = beforeBackwards(0, now);
      int all = 0;
      int most = 0;
      for (int i = 0; i < row.size(); i++) {
        int at = Arrays.binarySearch(stages, row.stage(i));
        switch (row.phase(i)) {
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
          fullest = new Fullest(row.stage(i), now.clone(), done.clone());
        }
      }
      return fullest;
    }
  }
}
