package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Action;
import java.util.List;

/**
 * 1F1B over several chunks for each device (Narayanan et al. 2021, section 2.2.2). The warm-up of
 * the last device ends when its last chunk has its first micro-batch; each device before it is two
 * forwards further ahead. With one chunk it is a 1F1B that hides the time of messages by running
 * further ahead, at the price of memory.
 */
record Interleaved(PipelineSize size) implements RowOrder {
  @Override
  public List<Action> row(int device) {
    var rounds = new ChunkRounds(size);
    var forwards = rounds.forwards(device);
    var backwards = rounds.backwards(device);
    int behind = size.devices() - 1 - device;
    int warmUp = (size.chunks() - 1) * rounds.greatest() + 2 * behind;
    int ahead = Math.min(warmUp, forwards.size());
    var row = new WorkRow();
    forwards.subList(0, ahead).forEach(row::forward);
    for (int i = ahead; i < forwards.size(); i++) {
      row.forward(forwards.get(i));
      row.backward(backwards.get(i - ahead));
    }
    backwards.subList(forwards.size() - ahead, forwards.size()).forEach(row::backward);
    return row.actions(size.microBatches());
  }
}
