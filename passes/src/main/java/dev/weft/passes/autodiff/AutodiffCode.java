package dev.weft.passes.autodiff;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with a model that is to be differentiated. */
public enum AutodiffCode implements Code {
  NOT_DIFFERENTIABLE(
      "W0401",
      "The loss depends on a weight through an operation that has no gradient.",
      "Compute this value from inputs only, or express it with differentiable operations.");

  private final Description description;

  AutodiffCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
