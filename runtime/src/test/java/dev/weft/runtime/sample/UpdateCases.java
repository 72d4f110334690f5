package dev.weft.runtime.sample;

import dev.weft.ir.graph.Op;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.LearningRate;
import dev.weft.ir.op.LossScaleUpdate;
import dev.weft.ir.op.RateSchedule;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Segments;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Random applications of the ops that update weights. */
final class UpdateCases {
  private UpdateCases() {}

  static OpCase adam(Draw draw) {
    var dims = draw.dims("a", "b");
    var op = new AdamUpdate(0.9, 0.99, 1e-8, groups(draw), draw.oneOf(AdamUpdate.Decay.values()));
    return withFactor(
        draw,
        op,
        draw.tensor(draw.floats(dims)),
        draw.tensor(draw.floats(dims)),
        draw.tensor(draw.floats(dims)),
        draw.positive(draw.floats(dims)),
        draw.integers(List.of(), 1, 9),
        draw.positive(draw.floats(List.of())));
  }

  static OpCase lambDirection(Draw draw) {
    var dims = draw.dims("a", "b");
    return withFactor(
        draw,
        new LambDirection(0.9, 0.99, 1e-8, groups(draw)),
        draw.tensor(draw.floats(dims)),
        draw.tensor(draw.floats(dims)),
        draw.tensor(draw.floats(dims)),
        draw.positive(draw.floats(dims)),
        draw.integers(List.of(), 1, 9));
  }

  static OpCase lambUpdate(Draw draw) {
    var segments = segments(draw);
    var flat = List.of(new Dim("flat", segments.elements() + draw.between(0, 2)));
    var sums = List.of(new Dim(SegmentSquares.AXIS, segments.count()));
    return OpCase.of(
        new LambUpdate(segments),
        draw.tensor(draw.floats(flat)),
        draw.tensor(draw.floats(flat)),
        draw.chance() ? Tensor.zeros(draw.floats(sums)) : draw.positive(draw.floats(sums)),
        draw.positive(draw.floats(sums)),
        draw.positive(draw.floats(List.of())));
  }

  static OpCase segmentSquares(Draw draw) {
    var segments = segments(draw);
    var flat = List.of(new Dim("flat", segments.elements() + draw.between(0, 2)));
    return OpCase.of(new SegmentSquares(segments), draw.tensor(draw.floats(flat)));
  }

  static OpCase sgd(Draw draw) {
    var dims = draw.dims("a", "b");
    var p = draw.tensor(draw.floats(dims));
    var g = draw.tensor(draw.floats(dims));
    var lr = draw.positive(draw.floats(List.of()));
    return draw.chance()
        ? withFactor(draw, new SgdUpdate(0), p, g, lr)
        : withFactor(draw, new SgdUpdate(0.9), p, g, draw.tensor(draw.floats(dims)), lr);
  }

  static OpCase learningRate(Draw draw) {
    var shape = draw.oneOf(RateSchedule.Shape.values());
    var schedule = new RateSchedule(0.1, draw.between(0, 3), shape, 7, 0.01);
    return OpCase.of(new LearningRate(schedule, DType.F64), draw.integers(List.of(), 1, 9));
  }

  static OpCase lossScaleUpdate(Draw draw) {
    double squares = draw.oneOf(0.5, Double.NaN, Double.POSITIVE_INFINITY);
    return OpCase.of(
        new LossScaleUpdate(draw.between(0, 3), 8),
        Tensor.scalar(DType.F64, draw.oneOf(1.0, 4.0, 8.0)),
        Tensor.scalar(DType.F64, draw.between(0, 2)),
        Tensor.scalar(DType.F64, squares));
  }

  private static Segments segments(Draw draw) {
    var parts = new ArrayList<Segments.Part>();
    for (int i = 0; i < draw.between(1, 3); i++) {
      var tally = draw.oneOf(Segments.Tally.values());
      int count = draw.between(1, 3);
      parts.add(new Segments.Part(draw.between(1, 4), count, List.of("dp"), tally));
    }
    return new Segments(parts, List.of());
  }

  private static DecayGroups groups(Draw draw) {
    var ranges = new ArrayList<DecayGroups.Range>();
    for (int i = 0; i < draw.between(1, 3); i++) {
      ranges.add(new DecayGroups.Range(draw.between(1, 8), draw.oneOf(0.0, 0.1)));
    }
    return DecayGroups.merged(ranges, List.of());
  }

  /** With or without a factor of the gradient behind the operands. */
  private static OpCase withFactor(Draw draw, Op op, Tensor... operands) {
    var all = new ArrayList<>(List.of(operands));
    if (draw.chance()) {
      all.add(draw.positive(draw.floats(List.of())));
    }
    return new OpCase(op, all);
  }
}
