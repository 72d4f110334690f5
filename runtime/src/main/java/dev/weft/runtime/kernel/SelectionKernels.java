package dev.weft.runtime.kernel;

import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.TopK;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.Arrays;

/** Which entries along an axis score best, and where those that are not zero stand. */
public final class SelectionKernels {
  private SelectionKernels() {}

  /** Operands: x, its scores. */
  public static Kernel topK(TopK op, TensorType type) {
    var rows = AxisRows.of(type, op.axis());
    int count = Math.toIntExact(op.count());
    return Kernel.pure(
        in -> {
          var x = Operand.of(in[0]);
          var scores = Operand.of(in[1]);
          var y = new double[in[0].size()];
          var best = new int[count];
          for (int line = 0; line < rows.count(); line++) {
            int start = rows.start(line);
            choose(rows, scores.values(), scores.start() + start, best);
            for (int entry : best) {
              int at = start + entry * rows.step();
              y[at] = x.values()[x.start() + at];
            }
          }
          return Tensor.of(type, y);
        });
  }

  /** The entries of a line with the greatest scores, best first; of equals the earlier first. */
  private static void choose(AxisRows rows, double[] scores, int start, int[] best) {
    int kept = 0;
    for (int i = 0; i < rows.length(); i++) {
      double score = scores[start + i * rows.step()];
      int rank = kept;
      while (rank > 0 && scores[start + best[rank - 1] * rows.step()] < score) {
        rank--;
      }
      if (rank < best.length) {
        kept = Math.min(kept + 1, best.length);
        System.arraycopy(best, rank, best, rank + 1, kept - 1 - rank);
        best[rank] = i;
      }
    }
  }

  public static Kernel nonzero(Nonzero op, TensorType x, TensorType result) {
    var rows = AxisRows.of(x, op.axis());
    var slots = AxisRows.of(result, op.slots().axis());
    return Kernel.pure(
        in -> {
          var values = Operand.of(in[0]);
          var places = new int[Math.toIntExact(result.elements())];
          Arrays.fill(places, Nonzero.NOWHERE);
          for (int line = 0; line < rows.count(); line++) {
            int from = values.start() + rows.start(line);
            find(rows, values.values(), from, slots, places, slots.start(line));
          }
          return Tensor.ofInts(result, places);
        });
  }

  private static void find(
      AxisRows rows, double[] x, int from, AxisRows slots, int[] places, int to) {
    int slot = 0;
    for (int i = 0; i < rows.length() && slot < slots.length(); i++) {
      if (x[from + i * rows.step()] != 0) {
        places[to + slot++ * slots.step()] = i;
      }
    }
  }
}
