package dev.weft.passes.autodiff;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Severity;

/** What can be wrong with a model that is to be differentiated. */
public enum AutodiffCode implements Code {
  NOT_DIFFERENTIABLE(
      "W0401",
      "The loss depends on a weight through an operation that has no gradient.",
      "Compute this value from inputs only, or express it with differentiable operations.");

  private final String id;
  private final String summary;
  private final String help;

  AutodiffCode(String id, String summary, String help) {
    this.id = id;
    this.summary = summary;
    this.help = help;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String help() {
    return help;
  }
}
