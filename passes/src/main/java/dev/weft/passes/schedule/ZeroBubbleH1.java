package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import java.util.List;

/**
 * The warm-up of 1F1B, then forward and input gradient in turn; each device holds back as many
 * weight gradients as there are devices before it and fills its wait at the end with them (Qi et
 * al. 2023, section 2.1). With several chunks the chunks go in rounds as in {@link Interleaved}.
 */
record ZeroBubbleH1(PipelineSize size) implements RowOrder {
  @Override
  public List<Action> row(int device) {
    var rounds = new ChunkRounds(size);
    var forwards = rounds.forwards(device);
    var backwards = rounds.backwards(device);
    int warmUp = (size.chunks() - 1) * rounds.greatest() + size.devices() - 1 - device;
    int ahead = Math.min(warmUp, forwards.size());
    var row = new WorkRow();
    forwards.subList(0, ahead).forEach(row::forward);
    int weights = 0;
    for (int i = 0; i < backwards.size(); i++) {
      if (ahead + i < forwards.size()) {
        row.forward(forwards.get(ahead + i));
      }
      row.inputGradient(backwards.get(i));
      if (i >= device) {
        row.weightGradient(backwards.get(weights++));
      }
    }
    backwards.subList(weights, backwards.size()).forEach(row::weightGradient);
    return row.actions(size.microBatches());
  }
}
