package dev.weft.passes.remat;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with a choice of what to compute again. */
public enum RematCode implements Code {
  UNKNOWN_VALUE(
      "W0641",
      "The plan recomputes a value that the backward does not take from the forward.",
      "Name a value that is saved, or `label/name` for one of a single repeat; the message lists"
          + " them."),
  BUDGET_TOO_SMALL(
      "W0642",
      "No choice of what to recompute keeps a device within the memory budget.",
      "Raise the budget to what the message names, or cut the model over more devices or into more"
          + " micro-batches; `prefetch=off` takes less.");

  private final Description description;

  RematCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
