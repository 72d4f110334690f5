package dev.weft.passes.stage;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with the stages of a plan for a model. */
public enum StageCode implements Code {
  UNKNOWN_REPEAT(
      "W0631",
      "A stage has layers of a repeat that the model does not have.",
      "Name a repeat of the model by its label; `weft info` lists them."),
  LAYER_COUNT(
      "W0632",
      "The stages together do not have all layers of a repeat, each once.",
      "Make the numbers of layers add up to the iterations of the repeat."),
  EMPTY_STAGE(
      "W0633",
      "A stage has no layers and is neither the first nor the last.",
      "Give it layers, or take it out of the plan."),
  STAGE_ORDER(
      "W0634",
      "A stage needs a value of a later stage.",
      "Give the layers to the stages in the order of the model."),
  NOTHING_TO_STAGE(
      "W0635",
      "The model has no repeat along which it could be cut into stages.",
      "Write the layers as `repeat`, or plan without `pp`.");

  private final Description description;

  StageCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
