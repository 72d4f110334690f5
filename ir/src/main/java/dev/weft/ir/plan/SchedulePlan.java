package dev.weft.ir.plan;

import java.util.List;

/** In which order the devices of a pipeline work. */
public sealed interface SchedulePlan {
  /** One that is made from sizes. */
  record Named(ScheduleKind kind) implements SchedulePlan {}

  /**
   * One that the user gives.
   *
   * @param rows for each device its actions, such as {@code 0F0 0F1 0B0 0B1}, apart by blanks
   */
  record Table(List<String> rows) implements SchedulePlan {
    public Table {
      rows = List.copyOf(rows);
    }
  }
}
