package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;

/**
 * As many forwards as there are devices behind, then a forward and a backward in turn, then what
 * backwards remain (Narayanan et al. 2021, section 2.2.1; "PipeDream-Flush").
 */
record OneForwardOneBackward(PipelineSize size) implements RowOrder {
  @Override
  public Row row(int device) {
    int all = size.microBatches();
    int ahead = Math.min(all, size.devices() - 1 - device);
    var row = new WorkRow(size);
    for (int i = 0; i < ahead; i++) {
      row.forward(device);
    }
    for (int i = ahead; i < all; i++) {
      row.forward(device);
      row.backward(device);
    }
    for (int i = 0; i < ahead; i++) {
      row.backward(device);
    }
    return row.row();
  }

  @Override
  public Fullest fullest(int device) {
    return Fullest.beforeBackwards(device, Math.min(size.microBatches(), size.devices() - device));
  }
}
