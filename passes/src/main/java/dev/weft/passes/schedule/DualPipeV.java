package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Row;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * DualPipe (DeepSeek-AI 2024, "DeepSeek-V3", section 3.2.1) cut in half: the two directions are the
 * two chunks of a V. In its long middle every forward stands beside a backward of the other chunk,
 * so that the communication of one can hide behind the computation of the other; backwards are
 * split at the ends alone, where the halves fill the bubble. The eight steps of the code are those
 * of the published schedule.
 */
record DualPipeV(PipelineSize size) implements RowOrder {
  @Override
  public Row row(int device) {
    return new Steps(device).row();
  }

  /** The work of one device, with the weight gradients that it has put off, oldest first. */
  private final class Steps {
    private final WorkRow row = new WorkRow(size);
    private final Queue<Integer> putOff = new ArrayDeque<>();
    private final int device;
    private final int there;
    private final int back;

    Steps(int device) {
      this.device = device;
      this.there = device;
      this.back = size.stages() - 1 - device;
    }

    Row row() {
      int behind = size.devices() - 1 - device;
      // Fewer micro-batches than stages are the first ones of a full pipeline.
      int all = Math.max(size.stages(), size.microBatches());
      for (int i = 0; i < 2 * behind; i++) {
        row.forward(there);
      }
      for (int i = 0; i <= device; i++) {
        row.forward(there);
        row.forward(back);
      }
      for (int i = 0; i < behind; i++) {
        inputGradient(back);
        oldestWeightGradient();
        row.forward(back);
      }
      for (int i = 0; i < all - size.stages() + device + 1; i++) {
        row.forward(there);
        row.backward(back);
        row.forward(back);
        row.backward(there);
      }
      for (int i = 0; i < behind; i++) {
        row.backward(back);
        row.forward(back);
        row.backward(there);
      }
      lastPairs(device + 1);
      for (int i = 0; i < behind; i++) {
        oldestWeightGradient();
        inputGradient(there);
      }
      for (int i = 0; i <= device; i++) {
        oldestWeightGradient();
      }
      return row.row();
    }

    /** Backwards of both chunks in turn: the first half whole, of the others the first halves. */
    private void lastPairs(int pairs) {
      for (int i = 0; i < 2 * pairs; i++) {
        int stage = i % 2 == 0 ? back : there;
        if (i < pairs) {
          row.backward(stage);
        } else {
          inputGradient(stage);
        }
      }
    }

    private void inputGradient(int stage) {
      row.inputGradient(stage);
      putOff.add(stage);
    }

    private void oldestWeightGradient() {
      if (!putOff.isEmpty()) {
        row.weightGradient(putOff.remove());
      }
    }
  }
}
