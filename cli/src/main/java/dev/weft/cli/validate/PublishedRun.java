package dev.weft.cli.validate;

/**
 * One published run.
 *
 * @param line of its row in the file
 * @param id of the row; empty where the table has none
 * @param source whose measurement it is
 * @param system the software, as published
 * @param precision element types, in lower case
 * @param fused what is said of fused attention, in lower case; empty where nothing is
 * @param phase what was timed, in lower case
 * @param notes of whoever made the table
 * @param isComplete whether the table calls the row complete
 */
public record PublishedRun(
    int line,
    String id,
    String source,
    String system,
    RunModel model,
    String precision,
    RunMachine machine,
    RunPlan plan,
    String fused,
    RunOutcome outcome,
    String phase,
    String notes,
    boolean isComplete) {
  private static final String INCOMPLETE = "B";

  /** The run of a row. Cells that say nothing understandable count as empty. */
  public static PublishedRun of(CsvRow row) {
    return new PublishedRun(
        row.line(),
        row.text("id"),
        row.text("source"),
        row.text("system"),
        RunModel.of(row),
        row.words("dtype"),
        RunMachine.of(row),
        RunPlan.of(row),
        row.words("flash_attention"),
        RunOutcome.of(row),
        row.words("phase"),
        row.text("notes"),
        !row.text("quality").equals(INCOMPLETE));
  }

  /** The same run with another plan. */
  PublishedRun with(RunPlan other) {
    return new PublishedRun(
        line,
        id,
        source,
        system,
        model,
        precision,
        machine,
        other,
        fused,
        outcome,
        phase,
        notes,
        isComplete);
  }

  /** How reports name the row. */
  public String name() {
    return id.isEmpty() ? "line " + line : id;
  }
}
