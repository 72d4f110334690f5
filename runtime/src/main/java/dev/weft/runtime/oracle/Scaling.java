package dev.weft.runtime.oracle;

import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.LossScaleUpdate;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Segments;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Sums of squares by segment, what follows from them, and the scale of the loss. */
final class Scaling {
  private Scaling() {}

  static Tensor squares(SegmentSquares op, Tensor x, Tensor like) {
    var sums = new double[like.size()];
    var segment = segmentOf(op.segments(), x.size());
    for (int i = 0; i < segment.length; i++) {
      if (segment[i] >= 0) {
        sums[segment[i]] += x.get(i) * x.get(i);
      }
    }
    int first = 0;
    for (var part : op.segments().parts()) {
      for (int s = first; s < first + part.count(); s++) {
        sums[s] = part.tally() == Segments.Tally.ELSEWHERE ? 0 : sums[s];
      }
      first += (int) part.count();
    }
    return Tensor.of(like.type(), sums);
  }

  static Tensor lamb(LambUpdate op, List<Tensor> in) {
    var p = in.get(0);
    var segment = segmentOf(op.segments(), p.size());
    double lr = in.get(4).scalar();
    return Tensor.generate(
        p.type(),
        i -> {
          int s = segment[i];
          double trust = s < 0 ? 0 : LambUpdate.trust(in.get(2).get(s), in.get(3).get(s));
          return p.get(i) - lr * trust * in.get(1).get(i);
        });
  }

  static List<Tensor> lossScale(LossScaleUpdate op, List<Tensor> in) {
    var next = op.next(in.get(0).scalar(), in.get(1).scalar(), in.get(2).scalar());
    var dtype = in.getFirst().type().dtype();
    return List.of(
        Tensor.scalar(dtype, next.finite()),
        Tensor.scalar(dtype, next.scale()),
        Tensor.scalar(dtype, next.count()));
  }

  /** The segment of each element; -1 for padding. */
  private static int[] segmentOf(Segments segments, int size) {
    if (!segments.over().isEmpty()) {
      throw new IllegalStateException("a share belongs to one device of several");
    }
    var of = new int[size];
    java.util.Arrays.fill(of, -1);
    int next = 0;
    int segment = 0;
    for (var part : segments.parts()) {
      for (int s = 0; s < part.count(); s++, segment++) {
        for (long i = 0; i < part.size(); i++) {
          of[next++] = segment;
        }
      }
    }
    return of;
  }
}
