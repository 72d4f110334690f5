package dev.weft.passes.shard;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with a plan for a program. */
public enum ShardCode implements Code {
  UNKNOWN_AXIS(
      "W0601",
      "The plan cuts an axis that the model does not have.",
      "Name an axis of the model; `weft info` lists them."),
  INDIVISIBLE(
      "W0602",
      "An axis is not divisible by the number of devices that the plan cuts it over.",
      "Change the degree to a divisor of the axis, or leave the axis whole."),
  OPTIMIZER_AXIS_CUTS_WEIGHT(
      "W0603",
      "The optimizer is to be spread over a mesh axis along which devices are no replicas.",
      "Spread the optimizer over axes that cut the batch and do not cut every weight."),
  LOOP_AXIS(
      "W0604",
      "The plan cuts the axis of a repeat.",
      "The iterations of a repeat run one after another: cut another axis."),
  SHARED_WEIGHT_LAYOUT(
      "W0605",
      "Two pipeline stages share a weight and cut it differently.",
      "Give both stages the same rules for the axes of the weight.");

  private final Description description;

  ShardCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
