package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;

/** All forwards, then all backwards (Huang et al. 2019, "GPipe"). */
record GPipe(PipelineSize size) implements RowOrder {
  @Override
  public Row row(int device) {
    var row = new WorkRow(size);
    for (int micro = 0; micro < size.microBatches(); micro++) {
      row.forward(device);
    }
    for (int micro = 0; micro < size.microBatches(); micro++) {
      row.backward(device);
    }
    return row.row();
  }

  @Override
  public Fullest fullest(int device) {
    return Fullest.beforeBackwards(device, size.microBatches());
  }
}
