package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;

/**
 * The warm-up of 1F1B, then forward and input gradient in turn; each device holds back as many
 * weight gradients as there are devices before it and fills its wait at the end with them (Qi et
 * al. 2023, section 2.1). With several chunks the chunks go in rounds as in {@link Interleaved}.
 */
record ZeroBubbleH1(PipelineSize size) implements RowOrder {
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
    int weights = 0;
    for (int i = 0; i < backwards.length; i++) {
      if (ahead + i < forwards.length) {
        row.forward(forwards[ahead + i]);
      }
      row.inputGradient(backwards[i]);
      if (i >= device) {
        row.weightGradient(backwards[weights++]);
      }
    }
    while (weights < backwards.length) {
      row.weightGradient(backwards[weights++]);
    }
    return row.row();
  }

  /** Beyond the warm-up there are those whose weight gradients are held back. */
  @Override
  public Fullest fullest(int device) {
    var rounds = new ChunkRounds(size);
    return rounds.after(ahead(device, rounds) + device + 1, device);
  }

  private int ahead(int device, ChunkRounds rounds) {
    int warmUp = (size.chunks() - 1) * rounds.greatest() + size.devices() - 1 - device;
    return Math.min(warmUp, rounds.length());
  }
}
