package dev.weft.passes.optimizer;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with a training step for a program. */
public enum OptimizerCode implements Code {
  BATCH_ENTRIES_MIX(
      "W0611",
      "Micro-batches would change the result: a value mixes entries of the batch other than by a"
          + " mean or a sum.",
      "Train this model with micro=1, or make the loss a mean (or a sum) over the batch."),
  BATCH_INDIVISIBLE(
      "W0612",
      "The batch is not divisible into the micro-batches and replicas of the plan.",
      "Change the batch or the number of micro-batches."),
  BATCH_CUT_DIFFERENTLY(
      "W0613",
      "Micro-batches of two tensors would hold different entries of the batch.",
      "Let the rule for the batch stand first in the plan, or train with micro=1."),
  LOSS_NOT_SCALED(
      "W0614",
      "The recipe scales the loss, but the gradients are those of the loss itself.",
      "Let the pass scale-loss come before autodiff.");

  private final Description description;

  OptimizerCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
