package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;

/**
 * Zero bubble in the memory of 1F1B (Qi et al. 2023, section 6): two chunks for each device, in the
 * shape of a V, so that the device of the first stage has the last as well and no gradient waits
 * for its way back. Without a bubble where F, I and W take equally long.
 */
record ZeroBubbleV(PipelineSize size) implements RowOrder {
  @Override
  public Row row(int device) {
    int last = size.devices() - device;
    int there = device;
    int back = size.stages() - 1 - device;
    // Fewer micro-batches than fill the pipeline are the first ones of a full pipeline.
    int all = Math.max(2 * size.devices() - 1, size.microBatches());
    var row = new WorkRow(size);
    for (int i = 0; i < 2 * last - 1; i++) {
      row.forward(there);
    }
    for (int i = 0; i < device; i++) {
      row.forward(back);
      row.forward(there);
    }
    for (int i = 0; i < last; i++) {
      row.forward(back);
      both(row, back);
    }
    while (row.forwards(back) < all) {
      if (row.forwards(there) < all) {
        row.forward(there);
      }
      both(row, there);
      row.forward(back);
      both(row, back);
    }
    for (int i = 0; i < device; i++) {
      row.inputGradient(there);
      row.inputGradient(back);
    }
    for (int i = 0; i < last; i++) {
      both(row, there);
    }
    remaining(row, back, all);
    remaining(row, there, all);
    return row.row();
  }

  private static void both(WorkRow row, int stage) {
    row.inputGradient(stage);
    row.weightGradient(stage);
  }

  private static void remaining(WorkRow row, int stage, int all) {
    while (row.weightGradients(stage) < all) {
      row.weightGradient(stage);
    }
  }
}
