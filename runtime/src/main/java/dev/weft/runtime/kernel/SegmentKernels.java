package dev.weft.runtime.kernel;

import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Segments;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** What is computed weight by weight of a packed vector, or of a device's share of it. */
public final class SegmentKernels {
  private SegmentKernels() {}

  /** A stretch of a device's vector that lies in one segment. */
  private interface Stretch {
    void at(Segments.Part part, int segment, int from, int to);
  }

  /** Operand: the vector. */
  public static Kernel squares(SegmentSquares op, TensorType result) {
    return (place, in) -> {
      var x = Operand.of(in[0]);
      var sums = new double[Math.toIntExact(result.elements())];
      walk(
          op.segments(),
          place,
          in[0].size(),
          (part, segment, from, to) -> {
            if (counts(part, place)) {
              sums[segment] = squares(x.values(), x.start() + from, x.start() + to);
            }
          });
      return new Tensor[] {Tensor.of(result, sums)};
    };
  }

  /** Operands: p, u, their sums of squares by segment, and the learning rate. */
  public static Kernel lamb(LambUpdate op, TensorType vector) {
    return (place, in) -> {
      var p = Operand.of(in[0]);
      var u = Operand.of(in[1]);
      double lr = in[4].scalar();
      var result = new double[in[0].size()];
      System.arraycopy(p.values(), p.start(), result, 0, result.length);
      walk(
          op.segments(),
          place,
          result.length,
          (part, segment, from, to) -> {
            double rate = lr * LambUpdate.trust(in[2].get(segment), in[3].get(segment));
            for (int i = from; i < to; i++) {
              result[i] -= rate * u.values()[u.start() + i];
            }
          });
      return new Tensor[] {Tensor.of(vector, result)};
    };
  }

  /** Whether this device is the one that puts a part into sums over devices. */
  private static boolean counts(Segments.Part part, Place place) {
    return part.tally() == Segments.Tally.HERE && place.coordinate(part.once()) == 0;
  }

  private static double squares(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }

  private static void walk(Segments segments, Place place, int size, Stretch stretch) {
    long next = -(long) place.coordinate(segments.over()) * size;
    int segment = 0;
    for (var part : segments.parts()) {
      for (long s = 0; s < part.count(); s++, segment++) {
        long end = next + part.size();
        if (end > 0 && next < size) {
          stretch.at(part, segment, (int) Math.max(next, 0), (int) Math.min(end, size));
        }
        next = end;
      }
    }
  }
}
