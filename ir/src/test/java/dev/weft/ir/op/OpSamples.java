package dev.weft.ir.op;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Right applications of every op; tests walk them so that a new op cannot go untested. */
public final class OpSamples {
  /** An op with operands that it takes. */
  public record Sample(Op op, List<TensorType> operands, List<Block> bodies) {
    @Override
    public String toString() {
      return op + " " + operands;
    }
  }

  private final List<Sample> samples = new ArrayList<>();

  private OpSamples() {}

  public static List<Sample> all() {
    var all = new OpSamples();
    all.elementwise();
    all.reductions();
    all.shapes();
    all.indices();
    all.normalizations();
    all.attention();
    all.optimizer();
    all.collectives();
    all.repeat();
    return List.copyOf(all.samples);
  }

  public static TensorType f64(String... dims) {
    return type(DType.F64, dims);
  }

  public static TensorType i32(String... dims) {
    return type(DType.I32, dims);
  }

  /** A type from dimensions such as {@code batch=8}. */
  public static TensorType type(DType dtype, String... dims) {
    return new TensorType(dtype, List.of(dims).stream().map(OpSamples::dim).toList());
  }

  public static Dim dim(String text) {
    var parts = text.split("=", -1);
    return new Dim(parts[0], Long.parseLong(parts[1]));
  }

  private void add(Op op, TensorType... operands) {
    samples.add(new Sample(op, List.of(operands), List.of()));
  }

  private void elementwise() {
    for (var function : UnaryFunction.values()) {
      add(new Unary(function), f64("a=2", "b=3"));
      add(new UnaryGrad(function), f64("a=2"), f64("a=2"));
    }
    for (var function : BinaryFunction.values()) {
      add(new Binary(function), f64("a=2", "b=3"), f64("b=3"));
    }
    add(Binary.ADD, f64("b=3"), f64("a=2", "b=3"));
    add(new Affine(-0.1, 1e300), f64("a=2"));
    add(new Affine(Double.MIN_VALUE, Double.NEGATIVE_INFINITY), f64());
    add(new Convert(DType.BF16), f64("a=2"));
    add(new Fill(Double.NaN, f64("a=2", "b=3")));
    add(new Fill(Double.POSITIVE_INFINITY, TensorType.scalar(DType.F32)));
  }

  private void reductions() {
    for (var function : ReduceFunction.values()) {
      add(new Reduce(function, List.of("a", "c"), 8), f64("a=2", "b=3", "c=4"));
    }
    add(new Contract(List.of("b", "h")), f64("b=2", "m=4"), f64("m=4", "h=6"));
    add(new Contract(List.of("b")), f64("b=2", "m=4"));
    add(new Contract(List.of()), f64("b=2"), f64("b=2"));
    add(new CrossEntropy("vocab"), f64("batch=2", "vocab=5"), i32("batch=2"));
  }

  private void shapes() {
    add(new Transpose(List.of("b", "a")), f64("a=2", "b=3"));
    add(new Broadcast(List.of(dim("c=4"), dim("a=2"))), f64("a=2"));
    add(new Rename("a", "it's \"odd\"\n"), f64("a=2", "b=3"));
    add(new Split("h", List.of(dim("kv=2"), dim("group=4"))), f64("b=2", "h=8"));
    add(new Merge(List.of("kv", "group"), "h"), f64("b=2", "kv=2", "group=4"));
    add(new Slice("a", 1, dim("part=2")), f64("a=4"));
    add(new Pad("part", 1, dim("a=4")), f64("part=2"));
    add(new Concat(List.of("p", "q"), "seq"), f64("p=2", "m=3"), f64("q=5", "m=3"));
    add(new Pack(dim("flat=12")), f64("a=2", "b=3"), f64("c=5"));
    add(new Unpack(List.of(f64("a=2", "b=3"), f64("c=5"))), f64("flat=12"));
    add(
        new Reshard(new Sharding(List.of(List.of("dp", "tp"), List.of()), List.of(), Combine.SUM)),
        f64("a=8", "b=3"));
  }

  private void indices() {
    add(new Iota(dim("seq=8"), List.of("tp")));
    add(Lookup.WHOLE, f64("vocab=5", "m=4"), i32("batch=2", "seq=3"));
    add(new Lookup(List.of("dp", "tp")), f64("vocab=5", "m=4"), i32("batch=2"));
    add(new LookupGrad(dim("vocab=5"), List.of("tp")), i32("batch=2"), f64("batch=2", "m=4"));
    add(new OneHot(dim("vocab=5"), List.of(), DType.F64), i32("batch=2"));
    add(new Pick("vocab", List.of()), f64("batch=2", "vocab=5"), i32("batch=2"));
    add(new TopK("experts", 2), f64("batch=2", "experts=4"), f64("batch=2", "experts=4"));
    add(new Nonzero("seq", dim("slots=3")), f64("batch=2", "seq=6", "experts=4"));
    var slots = i32("batch=2", "experts=4", "slots=3");
    add(new Gather("seq"), f64("batch=2", "seq=6", "m=5"), slots);
    add(
        new Scatter(dim("seq=6"), List.of("batch", "seq", "m")),
        f64("batch=2", "experts=4", "slots=3", "m=5"),
        slots);
    add(new CausalMask(CausalMask.Hidden.ZERO), f64("h=2", "s=6", "q=4"), i32("q=4"), i32("s=6"));
    add(new Dropout(0.1, 3), f64("batch=2", "seq=3"), i32(), i32(), i32("batch=2"), i32("seq=3"));
    add(new RelativeBucket(32, 128, RelativeBucket.Reach.BIDIRECTIONAL), i32("q=4"), i32("s=6"));
    add(new Rope("key", 10000, RopeDirection.INVERSE), f64("b=2", "seq=3", "key=4"), i32("seq=3"));
  }

  private void normalizations() {
    add(new Softmax("b"), f64("a=2", "b=3"));
    add(new SoftmaxGrad("b"), f64("a=2", "b=3"), f64("a=2", "b=3"));
    add(new Normalize("b", 1e-5, Centering.MEAN), f64("a=2", "b=3"));
    add(new NormalizeGrad("b", Centering.NONE), f64("a=2", "b=3"), f64("a=2"), f64("a=2", "b=3"));
  }

  private void attention() {
    var plain =
        new AttentionShape("q", "s", "key", "value", "h", "h", AttentionShape.Mask.CAUSAL, 0.125);
    var q = f64("batch=2", "q=3", "h=4", "key=8");
    var k = f64("batch=2", "s=5", "h=4", "key=8");
    var v = f64("batch=2", "s=5", "h=4", "value=6");
    add(new Attention(plain), q, k, v);
    add(new Attention(plain), q, k, v, f64("h=4", "q=3", "s=5"));
    var o = f64("batch=2", "q=3", "h=4", "value=6");
    add(new AttentionGrad(plain), q, k, v, o, f64("batch=2", "q=3", "h=4"), o);
    var grouped = grouped();
    add(
        new Attention(grouped),
        q,
        f64("batch=2", "s=5", "kv=2", "key=8"),
        f64("batch=2", "s=5", "kv=2", "value=6"));
    var single = new AttentionShape("q", "s", "key", "value", "", "", AttentionShape.Mask.NONE, 1);
    add(new Attention(single), f64("q=3", "key=8"), f64("s=5", "key=8"), f64("s=5", "value=6"));
  }

  /** Four query heads {@code h} over two key heads {@code kv}. */
  static AttentionShape grouped() {
    return new AttentionShape("q", "s", "key", "value", "h", "kv", AttentionShape.Mask.NONE, 0.5);
  }

  private void optimizer() {
    var p = f64("a=2");
    add(new SgdUpdate(0), p, p, f64());
    add(new SgdUpdate(0.9), p, p, p, f64(), f64());
    var ranges = List.of(new DecayGroups.Range(3, 0.1), new DecayGroups.Range(1, 0));
    var groups = new DecayGroups(ranges, List.of("tp"));
    var decay = AdamUpdate.Decay.DECOUPLED;
    add(new AdamUpdate(0.9, 0.999, 1e-8, groups, decay), p, p, p, p, i32(), f64());
    add(new LambDirection(0.9, 0.999, 1e-6, DecayGroups.NONE), p, p, p, p, i32(), f64());
    var cut = new Segments.Part(2, 3, List.of("dp"), Segments.Tally.ELSEWHERE);
    var segments = new Segments(List.of(Segments.Part.of(2), cut), List.of());
    var sums = f64("segments=4");
    add(new SegmentSquares(segments), f64("flat=8"));
    add(new LambUpdate(segments), f64("flat=8"), f64("flat=8"), sums, sums, f64());
    var cosine = new RateSchedule(6e-4, 10, RateSchedule.Shape.COSINE, 100, 1e-5);
    add(new LearningRate(cosine, DType.F32), i32());
    add(new LossScaleUpdate(2000, 0x1p15), f64(), f64(), f64());
    add(new Select(), f64(), p, p);
    add(new ScaleGradient(), f64(), f64());
  }

  private void collectives() {
    add(new AllGather("a", List.of("tp"), 4), f64("a=2", "b=3"));
    add(new AllReduce(Combine.MAX, List.of("dp", "tp"), 8), f64("a=2"));
    add(new AllToAll("a", "b", List.of("tp"), 4), f64("a=8", "b=3"));
    add(new ReduceScatter("a", Combine.SUM, List.of("tp"), 4), f64("a=8"));
    add(new ShardSlice("a", List.of("tp"), 4), f64("a=8"));
    add(new SharedSum("dp", List.of(0, 1)), f64("a=8"));
    add(new Send("dp", 1), f64("a=8"));
    add(new ToHost(), f64("a=8"));
    add(new ToDevice(), f64("a=8").in(MemorySpace.HOST));
    add(new Receive("dp", 0, f64("a=8")));
    add(new Call("stage1_forward", 1, Phase.FORWARD, 0, List.of(f64("a=2"))), f64("a=8"));
  }

  private void repeat() {
    var b = new Builder();
    var x = b.param("x", f64("a=2"));
    var bias = b.param("bias", f64("a=2"));
    var w = b.param("w", f64("a=2"));
    var y = b.emit("y", Binary.MUL, x, w);
    var z = b.emit("z", Binary.ADD, y, bias);
    var body = b.build(List.of(z, y));
    samples.add(
        new Sample(
            new Repeat("blocks", dim("layers=3"), Direction.FORWARD, 1, 1),
            List.of(f64("a=2"), f64("a=2"), f64("layers=3", "a=2")),
            List.of(body)));
    samples.add(
        new Sample(
            new Repeat("blocks", dim("layers=3"), Direction.REVERSE, 1, 1, 1),
            List.of(f64("a=2"), f64("a=2"), f64("layers=3", "a=2")),
            List.of(aheadBody())));
    var empty = new Builder().build(List.of());
    var nothing = new Repeat("no blocks", dim("layers=3"), Direction.REVERSE, 0, 0);
    samples.add(new Sample(nothing, List.of(), List.of(empty)));
  }

  /** Its first node needs the invariant and the slice alone. */
  private static Block aheadBody() {
    var b = new Builder();
    var x = b.param("x", f64("a=2"));
    var bias = b.param("bias", f64("a=2"));
    var w = b.param("w", f64("a=2"));
    var y = b.emit("y", Binary.MUL, w, bias);
    var z = b.emit("z", Binary.ADD, x, y);
    return b.build(List.of(z, y));
  }
}
