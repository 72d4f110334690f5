package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;

/**
 * 1F1B over several chunks for each device (Narayanan et al. 2021, section 2.2.2). The warm-up of
 * the last device ends when its last chunk has its first micro-batch; each device before it is two
 * forwards further ahead. With one chunk it is a 1F1B that hides the time of messages by running
 * further ahead, at the price of memory.
 */
record Interleaved(PipelineSize size) implements RowOrder {
  @Override
  public Row row(int device) {
    var rounds = new ChunkRounds(size);
    int[] forwards = rounds.forwards(device);
    int[] backwards = rounds.backwards(device);
    int ahead = ahead(device, rounds);
    var row = new WorkRow(size);
    for (int i = 0; i < ahead; i++) {
      row.forward(forwards[i]);
    }
    for (int i = ahead; i < forwards.length; i++) {
      row.forward(forwards[i]);
      row.backward(backwards[i - ahead]);
    }
    for (int i = forwards.length - ahead; i < backwards.length; i++) {
      row.backward(backwards[i]);
    }
    return row.row();
  }

  /** After the warm-up each forward follows a backward. */
  @Override
  public Fullest fullest(int device) {
    var rounds = new ChunkRounds(size);
    return rounds.after(ahead(device, rounds) + 1, device);
  }

  private int ahead(int device, ChunkRounds rounds) {
    int behind = size.devices() - 1 - device;
    int warmUp = (size.chunks() - 1) * rounds.greatest() + 2 * behind;
    return Math.min(warmUp, rounds.length());
  }
}
