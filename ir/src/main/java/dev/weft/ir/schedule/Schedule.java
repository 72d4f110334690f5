package dev.weft.ir.schedule;

import java.util.List;

/**
 * What each device of a pipeline does, in order. What must be sent and received follows from it.
 *
 * @param stages how many the model is cut into
 * @param microBatches how many pieces of the batch pass through
 * @param rows the actions of each device
 */
public record Schedule(int stages, int microBatches, List<Row> rows) {
  public Schedule {
    rows = List.copyOf(rows);
  }

  /** A schedule with these actions. */
  public static Schedule of(int stages, int microBatches, List<? extends List<Action>> rows) {
    return new Schedule(stages, microBatches, rows.stream().map(Row::of).toList());
  }

  /** The number of devices along the pipeline. */
  public int devices() {
    return rows.size();
  }

  /** Whether some backward is split into its two halves. */
  public boolean splitsBackward() {
    return rows.stream().flatMap(List::stream).anyMatch(a -> a.phase() == Phase.WEIGHT_GRADIENT);
  }
}
