package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;

/**
 * The work of one device, in the order in which it is appended. Each kind of work of a stage takes
 * the micro-batches one after the other.
 */
final class WorkRow {
  private final Row.Builder row = new Row.Builder();
  private final int microBatches;

  /** How many micro-batches of each stage have been appended. */
  private final int[] forwards;

  private final int[] inputGradients;
  private final int[] weightGradients;

  /**
   * An empty row.
   *
   * @param size its micro-batches are the first ones of those that are appended. The others may be
   *     left out of any sound schedule: no micro-batch waits for another's results
   */
  WorkRow(PipelineSize size) {
    this.microBatches = size.microBatches();
    this.forwards = new int[size.stages()];
    this.inputGradients = new int[size.stages()];
    this.weightGradients = new int[size.stages()];
  }

  void forward(int stage) {
    add(stage, Phase.FORWARD, forwards[stage]++);
  }

  /** Both halves at once. */
  void backward(int stage) {
    add(stage, Phase.BACKWARD, inputGradients[stage]++);
    weightGradients[stage]++;
  }

  void inputGradient(int stage) {
    add(stage, Phase.INPUT_GRADIENT, inputGradients[stage]++);
  }

  void weightGradient(int stage) {
    add(stage, Phase.WEIGHT_GRADIENT, weightGradients[stage]++);
  }

  /** How many micro-batches of a stage have been appended, those left out included. */
  int forwards(int stage) {
    return forwards[stage];
  }

  /** The same of its weight gradients. */
  int weightGradients(int stage) {
    return weightGradients[stage];
  }

  Row row() {
    return row.build();
  }

  private void add(int stage, Phase phase, int micro) {
    if (micro < microBatches) {
      row.add(stage, phase, micro);
    }
  }
}
