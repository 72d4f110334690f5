package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;

/**
 * Zero bubble at the price of memory (Qi et al. 2023, section 2.2). A device runs ahead until the
 * first input gradient has come back to it, which is after {@code 2(p - d) - 1} forwards where all
 * work takes equally long. From the moment in which the first device has no forwards left, the
 * others put their weight gradients off, so that it gets its input gradients in time.
 */
record ZeroBubbleH2(PipelineSize size) implements RowOrder {
  @Override
  public Row row(int device) {
    int all = size.microBatches();
    int forwards = Math.min(all, warmUp(device));
    var row = new WorkRow(size);
    for (int i = 0; i < forwards; i++) {
      row.forward(device);
    }
    int weights = 0;
    for (int micro = 0; micro < all; micro++) {
      row.inputGradient(device);
      if (micro < all - warmUp(0) || forwards == all) {
        row.weightGradient(device);
        weights++;
      }
      if (forwards < all) {
        row.forward(device);
        forwards++;
      }
    }
    for (int i = weights; i < all; i++) {
      row.weightGradient(device);
    }
    return row.row();
  }

  /** Each device comes to keep as many as the first, those after it by their last forward. */
  @Override
  public Fullest fullest(int device) {
    int all = size.microBatches();
    boolean isMade = device > 0 && all > warmUp(0);
    return new Fullest(device, new int[] {Math.min(all, warmUp(0))}, new boolean[] {isMade});
  }

  private int warmUp(int device) {
    return 2 * (size.devices() - device) - 1;
  }
}
