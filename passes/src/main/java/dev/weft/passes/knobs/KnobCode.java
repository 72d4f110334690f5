package dev.weft.passes.knobs;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;
import dev.weft.ir.source.Severity;

/** What can be wrong with degrees for a model. */
public enum KnobCode implements Code {
  BATCH_INDIVISIBLE(
      "W0621",
      "The batch is not divisible by replicas times micro-batches.",
      "Change dp, micro or the batch (`-D batch=N`) so that dp * micro divides the batch."),
  TENSOR_INDIVISIBLE(
      "W0622",
      "An axis that tensor parallelism would cut is not divisible by tp.",
      "Choose a tp that divides the axis, or write a plan that leaves the axis whole."),
  NOTHING_TO_CUT(
      "W0623",
      "The model has no axis that tensor parallelism could cut.",
      "Use dp, or write a plan that names the axes to cut."),
  SEQUENCE_INDIVISIBLE(
      "W0624",
      "The sequence is not divisible by tp, as sequence parallelism needs.",
      "Choose another sequence length or tp, or leave out `sp`."),
  NO_SEQUENCE(
      "W0625",
      "The model has no sequence axis for sequence parallelism.",
      "Leave out `sp`, or write a plan that names the axis with scope `activations`."),
  VOCABULARY_WHOLE(
      "W0626",
      Severity.WARNING,
      "A vocabulary is not divisible by tp and stays whole on every device.",
      "Pad the vocabulary to a multiple of tp (`-D vocab=N`) to cut the embedding as well."),
  DEVICE_COUNT(
      "W0627",
      "The degrees of the plan do not multiply to the number of devices.",
      "Make the product of the mesh equal the number of devices."),
  TOO_MANY_STAGES(
      "W0628",
      "A pipeline has more stages than the model has layers, embedding and head.",
      "Choose fewer stages: pp times chunks is at most the number of layers, or two more where an"
          + " embedding and a head can be the first and the last stage."),
  NO_LAYERS(
      "W0629",
      "The model has no repeat that a pipeline could cut.",
      "Write the layers as `repeat`, or plan without `pp`."),
  SCHEDULE_FILE(
      "W0630",
      "A schedule's file does not fit the other knobs.",
      "docs/schedules.md describes the files."),
  PLACE_MEMORY(
      "W0636",
      "The weights of a pipeline's layers do not fit the memory of its places.",
      "Give the places more `memory`, or spread the weights further: more `pp`, `tp` or `zero`."),
  NO_EXPERTS(
      "W0637",
      "The model has no experts that could be spread over devices.",
      "Leave out `ep`; the block `moe` of the standard library has experts."),
  EXPERTS_INDIVISIBLE(
      "W0638",
      "The number of experts is not divisible by ep.",
      "Choose an ep that divides the number of experts.");

  private final Description description;

  KnobCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  KnobCode(String id, Severity severity, String summary, String help) {
    this.description = new Description(id, severity, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
