package dev.weft.passes.schedule;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with the order of work along a pipeline. */
public enum ScheduleCode implements Code {
  CHUNKS(
      "W0671",
      "Each device has another number of stages than the schedule is for.",
      "Change `chunks` or the stages of the plan, or choose another schedule: docs/schedules.md"
          + " says which has how many."),
  PLACEMENT(
      "W0672",
      "The stages lie on other devices than the schedule puts them.",
      "Change the devices of the stages; the message names the right one."),
  MICRO_BATCHES(
      "W0673",
      "A schedule's table is for another number of micro-batches.",
      "Change `micro` (in a plan `microBatches`), or the table."),
  CELL(
      "W0674",
      "A cell of a schedule's table is no action.",
      "Cells are such as `0F0`: stage, F, B, I or W, micro-batch; blanks or commas lie between."),
  MISSING_ACTION(
      "W0675",
      "A schedule lacks work of some stage and micro-batch.",
      "Every stage does for every micro-batch F, and either B or both I and W."),
  REPEATED_ACTION(
      "W0676",
      "A schedule has the same work twice.",
      "Keep one of the two; B is both I and W at once."),
  DEVICE("W0677", "A stage's work stands in another device's row.", "Move it to the right row."),
  ORDER(
      "W0678",
      "A device does some work before what it needs.",
      "Within a stage and micro-batch F comes first, then B, or I and then W."),
  DEADLOCK(
      "W0679",
      "Devices would wait for one another for ever.",
      "Point-to-point messages between two devices have no tags and arrive in order: send in the"
          + " order in which the other device receives.");

  private final Description description;

  ScheduleCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
