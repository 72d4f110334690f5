package dev.weft.runtime.sample;

import dev.weft.ir.graph.Op;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.LearningRate;
import dev.weft.ir.op.LossScaleUpdate;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.NormalizeGrad;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Pad;
import dev.weft.ir.op.RateSchedule;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Segments;
import dev.weft.ir.op.Select;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.SoftmaxGrad;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.op.UnaryGrad;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Random applications of every op that one device can run. */
public final class OpCases {
  private static final List<Function<Draw, OpCase>> KINDS =
      List.of(
          OpCases::adam,
          OpCases::affine,
          OpCases::binary,
          OpCases::broadcast,
          IndexCases::causalMask,
          OpCases::concat,
          OpCases::contract,
          OpCases::contractOne,
          OpCases::convert,
          IndexCases::crossEntropy,
          IndexCases::dropout,
          OpCases::fill,
          IndexCases::iota,
          OpCases::lambDirection,
          OpCases::lambUpdate,
          OpCases::learningRate,
          OpCases::lossScaleUpdate,
          IndexCases::lookup,
          IndexCases::lookupGrad,
          OpCases::merge,
          OpCases::normalize,
          OpCases::normalizeGrad,
          IndexCases::oneHot,
          OpCases::pack,
          OpCases::pad,
          IndexCases::pick,
          OpCases::reduce,
          IndexCases::relativeBucket,
          OpCases::rename,
          IndexCases::rope,
          OpCases::segmentSquares,
          OpCases::select,
          OpCases::sgd,
          OpCases::slice,
          OpCases::softmax,
          OpCases::softmaxGrad,
          OpCases::split,
          OpCases::transpose,
          OpCases::unary,
          OpCases::unaryGrad,
          OpCases::unpack,
          AttentionCases::attention,
          AttentionCases::attentionGrad);

  private OpCases() {}

  /** One case of every kind, each with the draws of a seed of its own. */
  public static List<OpCase> all(long seed) {
    var cases = new ArrayList<OpCase>();
    for (int i = 0; i < KINDS.size(); i++) {
      cases.add(KINDS.get(i).apply(new Draw(seed * KINDS.size() + i)));
    }
    return cases;
  }

  private static OpCase adam(Draw draw) {
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

  private static OpCase lambDirection(Draw draw) {
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

  private static OpCase lambUpdate(Draw draw) {
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

  private static OpCase segmentSquares(Draw draw) {
    var segments = segments(draw);
    var flat = List.of(new Dim("flat", segments.elements() + draw.between(0, 2)));
    return OpCase.of(new SegmentSquares(segments), draw.tensor(draw.floats(flat)));
  }

  private static OpCase learningRate(Draw draw) {
    var shape = draw.oneOf(RateSchedule.Shape.values());
    var schedule = new RateSchedule(0.1, draw.between(0, 3), shape, 7, 0.01);
    return OpCase.of(new LearningRate(schedule, DType.F64), draw.integers(List.of(), 1, 9));
  }

  private static OpCase lossScaleUpdate(Draw draw) {
    double squares = draw.oneOf(0.5, Double.NaN, Double.POSITIVE_INFINITY);
    return OpCase.of(
        new LossScaleUpdate(draw.between(0, 3), 8),
        Tensor.scalar(DType.F64, draw.oneOf(1.0, 4.0, 8.0)),
        Tensor.scalar(DType.F64, draw.between(0, 2)),
        Tensor.scalar(DType.F64, squares));
  }

  private static OpCase select(Draw draw) {
    var type = draw.floats(draw.dims("a", "b"));
    return OpCase.of(
        new Select(),
        Tensor.scalar(DType.F64, draw.between(0, 1)),
        draw.tensor(type),
        draw.tensor(type));
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

  private static OpCase sgd(Draw draw) {
    var dims = draw.dims("a", "b");
    var p = draw.tensor(draw.floats(dims));
    var g = draw.tensor(draw.floats(dims));
    var lr = draw.positive(draw.floats(List.of()));
    return draw.chance()
        ? withFactor(draw, new SgdUpdate(0), p, g, lr)
        : withFactor(draw, new SgdUpdate(0.9), p, g, draw.tensor(draw.floats(dims)), lr);
  }

  private static OpCase affine(Draw draw) {
    return OpCase.of(new Affine(-1.5, draw.oneOf(0.0, 0.25)), abc(draw));
  }

  private static OpCase binary(Draw draw) {
    var dims = draw.dims("a", "b", "c");
    var op = new Binary(draw.oneOf(BinaryFunction.values()));
    return OpCase.of(
        op,
        draw.tensor(draw.floats(draw.some(dims))),
        draw.positive(draw.floats(draw.chance() ? dims : draw.some(dims))));
  }

  private static OpCase broadcast(Draw draw) {
    var dims = draw.dims("a", "b", "c", "d");
    var x = draw.tensor(draw.floats(draw.some(dims)));
    return OpCase.of(new Broadcast(draw.shuffled(dims)), x);
  }

  private static OpCase concat(Draw draw) {
    var dims = draw.dims("a", "b");
    int at = draw.between(0, 2);
    var from = new ArrayList<String>();
    var operands = new ArrayList<Tensor>();
    for (int i = 0; i < draw.between(1, 3); i++) {
      var own = new ArrayList<>(dims);
      own.add(at, draw.dim("part" + i));
      from.add("part" + i);
      operands.add(draw.tensor(new TensorType(DType.F64, own)));
    }
    return new OpCase(new Concat(from.subList(0, operands.size()), "joined"), operands);
  }

  /** Axes of every combination of bearers: both, one and the result, both and the result, one. */
  private static OpCase contract(Draw draw) {
    var a = new ArrayList<Dim>();
    var b = new ArrayList<Dim>();
    var result = new ArrayList<String>();
    for (var axis : List.of("a", "b", "c", "d", "e", "f", "g")) {
      var dim = new Dim(axis, draw.oneOf(1, 2, 3, 7));
      int bearers = draw.between(1, 7);
      if ((bearers & 3) != 2) {
        a.add(dim);
      }
      if ((bearers & 3) >= 2) {
        b.add(dim);
      }
      if ((bearers & 4) != 0) {
        result.add(axis);
      }
    }
    return OpCase.of(
        new Contract(draw.shuffled(result)),
        draw.tensor(draw.floats(a)),
        draw.tensor(draw.floats(b)));
  }

  private static OpCase contractOne(Draw draw) {
    var x = abc(draw);
    return OpCase.of(new Contract(draw.shuffled(draw.some(x.type().axes()))), x);
  }

  private static OpCase convert(Draw draw) {
    return OpCase.of(new Convert(draw.oneOf(DType.values())), abc(draw));
  }

  private static OpCase fill(Draw draw) {
    return OpCase.of(new Fill(0.75, draw.floats(draw.dims("a", "b"))));
  }

  private static OpCase merge(Draw draw) {
    var x = draw.tensor(new TensorType(DType.F64, draw.dims("a", "b", "c", "d")));
    return OpCase.of(new Merge(draw.oneOf(List.of("b", "c"), List.of("a", "b", "c")), "m"), x);
  }

  private static OpCase split(Draw draw) {
    var parts = draw.dims("p", "q");
    long size = parts.get(0).size() * parts.get(1).size();
    var dims = new ArrayList<>(draw.dims("a", "b"));
    dims.add(draw.between(0, 2), new Dim("whole", size));
    return OpCase.of(new Split("whole", parts), draw.tensor(new TensorType(DType.F64, dims)));
  }

  private static OpCase normalize(Draw draw) {
    return OpCase.of(new Normalize("b", 1e-5, draw.oneOf(Centering.values())), wide(draw));
  }

  private static OpCase normalizeGrad(Draw draw) {
    var y = abc(draw);
    var others = y.type().without(List.of("b")).dims();
    return OpCase.of(
        new NormalizeGrad("b", draw.oneOf(Centering.values())),
        y,
        draw.positive(draw.floats(others)),
        draw.tensor(draw.floats(y.type().dims())));
  }

  private static OpCase pack(Draw draw) {
    var operands =
        List.of(
            abc(draw),
            draw.tensor(draw.floats(draw.dims("x"))),
            draw.tensor(draw.floats(List.of())));
    long size = operands.stream().mapToLong(Tensor::size).sum();
    return new OpCase(new Pack(new Dim("flat", size + draw.between(0, 3))), operands);
  }

  private static OpCase unpack(Draw draw) {
    var parts = List.of(draw.floats(draw.dims("a", "b")), draw.floats(draw.dims("c")));
    long size = parts.stream().mapToLong(TensorType::elements).sum() + draw.between(0, 3);
    return OpCase.of(
        new Unpack(parts), draw.tensor(TensorType.of(DType.F64, new Dim("flat", size))));
  }

  private static OpCase pad(Draw draw) {
    var x = abc(draw);
    int start = draw.between(0, 2);
    long size = start + x.type().dim("b").size() + draw.between(0, 2);
    return OpCase.of(new Pad("b", start, new Dim(draw.oneOf("b", "padded"), size)), x);
  }

  private static OpCase slice(Draw draw) {
    var x = abc(draw);
    int size = (int) x.type().dim("b").size();
    int start = draw.between(0, size - 1);
    int length = draw.between(1, size - start);
    return OpCase.of(new Slice("b", start, new Dim(draw.oneOf("b", "part"), length)), x);
  }

  private static OpCase reduce(Draw draw) {
    var x = abc(draw);
    var axes = draw.some(x.type().axes());
    return OpCase.of(Reduce.over(draw.oneOf(ReduceFunction.values()), axes, x.type()), x);
  }

  private static OpCase rename(Draw draw) {
    return OpCase.of(new Rename("b", "z"), abc(draw));
  }

  private static OpCase softmax(Draw draw) {
    return OpCase.of(new Softmax("b"), abc(draw));
  }

  private static OpCase softmaxGrad(Draw draw) {
    var y = abc(draw);
    return OpCase.of(new SoftmaxGrad("b"), y, draw.tensor(draw.floats(y.type().dims())));
  }

  private static OpCase transpose(Draw draw) {
    var x = draw.tensor(draw.floats(draw.dims("a", "b", "c", "d")));
    return OpCase.of(new Transpose(draw.shuffled(x.type().axes())), x);
  }

  private static OpCase unary(Draw draw) {
    return OpCase.of(
        new Unary(draw.oneOf(UnaryFunction.values())),
        draw.positive(draw.floats(draw.dims("a", "b", "c"))));
  }

  private static OpCase unaryGrad(Draw draw) {
    var kept = draw.positive(draw.floats(draw.dims("a", "b", "c")));
    Op op = new UnaryGrad(draw.oneOf(UnaryFunction.values()));
    return OpCase.of(op, kept, draw.tensor(draw.floats(kept.type().dims())));
  }

  static Tensor abc(Draw draw) {
    return draw.tensor(draw.floats(draw.dims("a", "b", "c")));
  }

  /**
   * As {@link #abc}, with at least three entries along b, so that their variance is no rounding.
   */
  private static Tensor wide(Draw draw) {
    var dims = List.of(draw.dim("a"), new Dim("b", draw.between(3, 6)), draw.dim("c"));
    return draw.tensor(draw.floats(dims));
  }
}
