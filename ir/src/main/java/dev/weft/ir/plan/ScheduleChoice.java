package dev.weft.ir.plan;

/** What the knob {@code schedule} says. */
public sealed interface ScheduleChoice {
  /** A schedule that is known. */
  record Given(SchedulePlan schedule) implements ScheduleChoice {}

  /**
   * A table in a file that has not been read yet.
   *
   * @param file its name, as it was written
   */
  record InFile(String file) implements ScheduleChoice {}
}
