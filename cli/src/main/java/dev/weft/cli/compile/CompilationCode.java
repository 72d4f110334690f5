package dev.weft.cli.compile;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with a model and a plan that are right by themselves. */
public enum CompilationCode implements Code {
  BATCH_AS_NUMBER(
      "W0651",
      "Micro-batches would change the result: the size of the batch is used as a number.",
      "Use `mean(…, over: batch)` instead of dividing by `batch`, or train with micro=1."),
  HINT_DISOBEYED(
      "W0652",
      "The plan contradicts a `shard` statement of the model.",
      "Add the rule to the plan, or take the statement out of the model.");

  private final Description description;

  CompilationCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
