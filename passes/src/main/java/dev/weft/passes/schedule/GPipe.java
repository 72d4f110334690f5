package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import java.util.List;

/** All forwards, then all backwards (Huang et al. 2019, "GPipe"). */
record GPipe(PipelineSize size) implements RowOrder {
  @Override
  public List<Action> row(int device) {
    var row = new WorkRow();
    for (int micro = 0; micro < size.microBatches(); micro++) {
      row.forward(device);
    }
    for (int micro = 0; micro < size.microBatches(); micro++) {
      row.backward(device);
    }
    return row.actions(size.microBatches());
  }
}
