package dev.weft.cli.pricing;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;
import dev.weft.ir.source.Severity;

/** What keeps a plan from being found. */
public enum PlanningCode implements Code {
  NOTHING_FITS(
      "W0841",
      "No plan fits the memory of the devices.",
      "The message names what is missing, and the least change that fits."),
  NO_LEGAL_PLAN(
      "W0842",
      "No combination of degrees has this number of devices.",
      "Degrees divide the batch, the axes of the model and the number of devices: choose another"
          + " number, or another batch."),
  CLUSTER_UNUSED(
      "W0843",
      Severity.WARNING,
      "A cluster is named, and the plan is given.",
      "Say `--plan auto`, or leave --plan out, to have a plan searched for.");

  private final Description description;

  PlanningCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  PlanningCode(String id, Severity severity, String summary, String help) {
    this.description = new Description(id, severity, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
