package dev.weft.ir.op;

import static dev.weft.ir.op.OpSamples.dim;
import static dev.weft.ir.op.OpSamples.f64;
import static dev.weft.ir.op.OpSamples.i32;
import static dev.weft.ir.op.OpSamples.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.TypeMismatch;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every op refuses what it does not take, and points at the operand. */
class TypingErrorsTest {
  /** Operands that an op refuses; {@code operand} is -1 where no single one is at fault. */
  record Case(Op op, List<TensorType> operands, List<Block> bodies, int operand, String message) {}

  private static final int ALL = -1;

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    elementwise(cases);
    reductions(cases);
    shapes(cases);
    indices(cases);
    normalizations(cases);
    attention(cases);
    optimizer(cases);
    collectives(cases);
    repeat(cases);
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refuses(Case wrong) {
    assertThatExceptionOfType(TypeMismatch.class)
        .isThrownBy(() -> wrong.op().typing(wrong.operands(), wrong.bodies()))
        .withMessageContaining(wrong.message())
        .matches(e -> e.operand() == wrong.operand(), "points at operand " + wrong.operand());
  }

  @Test
  void everyPrimitiveRefusesSomething() {
    var tested = cases().stream().<Object>map(c -> c.op().getClass()).collect(Collectors.toSet());
    // What a call takes is what its function takes: the verifier knows, the op does not.
    tested.add(Call.class);
    assertThat(tested).contains((Object[]) Primitive.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("dev.weft.ir.op.OpSamples#all")
  void everyOpRefusesAForeignBody(OpSamples.Sample sample) {
    var bodies = new ArrayList<>(sample.bodies());
    bodies.add(new Builder().build(List.of()));
    assertThatExceptionOfType(TypeMismatch.class)
        .isThrownBy(() -> sample.op().typing(sample.operands(), bodies));
  }

  private static void add(
      List<Case> cases, Op op, int operand, String message, TensorType... operands) {
    cases.add(new Case(op, List.of(operands), List.of(), operand, message));
  }

  private static void elementwise(List<Case> cases) {
    var tanh = new Unary(UnaryFunction.TANH);
    add(cases, tanh, ALL, "tanh takes 1 operands, not 2", f64("a=2"), f64("a=2"));
    add(cases, tanh, 0, "floating-point", i32("a=2"));
    var grad = new UnaryGrad(UnaryFunction.TANH);
    add(cases, grad, ALL, "takes 2 operands", f64("a=2"));
    add(cases, grad, 1, "axis `a` is 3 here but 2 before", f64("a=2"), f64("a=3"));
    add(cases, Binary.ADD, ALL, "takes 2 operands", f64("a=2"));
    add(cases, Binary.ADD, 1, "axis `a` is 3 here but 2 before", f64("a=2"), f64("a=3"));
    add(cases, Binary.ADD, 1, "f64 and i32", f64("a=2"), i32("a=2"));
    add(cases, new Affine(1, 0), ALL, "takes 1 operands, not 0");
    add(cases, new Convert(DType.F32), ALL, "takes 1 operands, not 0");
    add(cases, new Fill(1, f64("a=2")), ALL, "takes 0 operands, not 1", f64("a=2"));
  }

  private static void reductions(List<Case> cases) {
    var sum = new Reduce(ReduceFunction.SUM, List.of("b"), 3);
    add(cases, sum, ALL, "takes 1 operands, not 0");
    add(cases, sum, 0, "needs the axis `b`", f64("a=2"));
    var contract = new Contract(List.of("a"));
    add(cases, contract, ALL, "one or two operands, not 0");
    add(cases, contract, ALL, "not 3", f64("a=2"), f64("a=2"), f64("a=2"));
    add(cases, contract, 1, "axis `a` is 3 here but 2 before", f64("a=2"), f64("a=3"));
    add(cases, contract, ALL, "no operand bears the axis `a`", f64("b=2"), f64("c=3"));
    add(cases, new CrossEntropy("v"), ALL, "takes 2 operands", f64("v=2"));
    add(cases, new CrossEntropy("v"), 1, "i32", f64("v=2"), f64());
  }

  private static void shapes(List<Case> cases) {
    var transpose = new Transpose(List.of("b", "a"));
    add(cases, transpose, 0, "needs the same axes", f64("a=2"));
    add(cases, transpose, 0, "needs the axis `b`", f64("a=2", "c=3"));
    var broadcast = new Broadcast(List.of(dim("a=2"), dim("b=3")));
    add(cases, broadcast, 0, "needs the axis `c`", f64("c=2"));
    add(cases, broadcast, 1, "axis `a` is 2 here but 4 before", f64("a=4"));
    add(cases, new Rename("a", "b"), 0, "needs the axis `a`", f64("c=2"));
    add(cases, new Rename("a", "b"), 0, "bears the axis `b` already", f64("a=2", "b=3"));
    var split = new Split("h", List.of(dim("kv=2"), dim("g=4")));
    add(cases, split, 0, "needs the axis `h`", f64("a=8"));
    add(cases, split, 0, "h=9 is not the product", f64("h=9"));
    var merge = new Merge(List.of("kv", "g"), "h");
    add(cases, merge, 0, "needs the axis `g`", f64("kv=2"));
    add(cases, merge, 0, "not neighbours", f64("g=2", "kv=2"));
    add(cases, merge, 0, "not neighbours", f64("kv=2", "a=3", "g=2"));
    add(cases, new Slice("a", 2, dim("p=3")), 0, "entries 2 to 5 of a=4", f64("a=4"));
    add(cases, new Slice("a", -1, dim("p=3")), 0, "entries -1 to 2", f64("a=4"));
    add(cases, new Pad("p", 2, dim("a=4")), 0, "p=3 at 2 does not fit", f64("p=3"));
    var concat = new Concat(List.of("p", "q"), "s");
    add(cases, concat, ALL, "takes 2 operands", f64("p=2"));
    add(cases, concat, 1, "needs the axis `q`", f64("p=2"), f64("p=2"));
    add(cases, concat, 1, "needs the axes [q, m]", f64("p=2", "m=3"), f64("q=2"));
    add(cases, concat, 1, "axis `m` is 4 here", f64("p=2", "m=3"), f64("q=2", "m=4"));
    add(cases, new Pack(dim("flat=4")), ALL, "at least one operand");
    add(cases, new Pack(dim("flat=4")), ALL, "5 elements do not fit", f64("a=2"), f64("b=3"));
    var unpack = new Unpack(List.of(f64("a=2"), f64("b=3")));
    add(cases, unpack, 0, "5 elements are not in", f64("flat=4"));
    add(cases, unpack, 0, "5 elements are not in", f64("flat=4", "more=2"));
    var flat = new Sharding(List.of(List.of("tp")), List.of(), Combine.SUM);
    add(cases, new Reshard(flat), 0, "does not fit", f64("a=2", "b=2"));
  }

  private static void indices(List<Case> cases) {
    add(cases, new Iota(dim("a=2"), List.of()), ALL, "takes 0 operands", f64("a=2"));
    add(cases, Lookup.WHOLE, 0, "needs a table", f64(), i32("b=2"));
    add(cases, Lookup.WHOLE, 1, "i32 here, not f64", f64("v=3", "m=2"), f64("b=2"));
    add(cases, Lookup.WHOLE, 1, "bear the axis `m`", f64("v=3", "m=2"), i32("m=2"));
    add(cases, Lookup.WHOLE, 1, "table's own axis `v`", f64("v=3", "m=2"), i32("v=3"));
    var grad = new LookupGrad(dim("v=3"), List.of());
    add(cases, grad, 0, "i32 here", f64("b=2"), f64("b=2", "m=2"));
    add(cases, grad, 1, "needs the axis `b`", i32("b=2"), f64("m=2"));
    add(cases, new OneHot(dim("v=3"), List.of(), DType.F64), 0, "i32 here", f64("b=2"));
    var pick = new Pick("v", List.of());
    add(cases, pick, 0, "needs the axis `v`", f64("b=2"), i32("b=2"));
    add(cases, pick, 1, "i32 here", f64("b=2", "v=3"), f64("b=2"));
    add(cases, pick, 1, "the ids need the axes [b]", f64("b=2", "v=3"), i32("c=2"));
    var top = new TopK("e", 3);
    add(cases, top, 0, "needs the axis `e`", f64("b=2"), f64("b=2"));
    add(cases, top, 0, "keeps 3 entries of e=2", f64("e=2"), f64("e=2"));
    add(cases, top, 1, "need its axes", f64("b=2", "e=4"), f64("e=4"));
    var nonzero = new Nonzero("t", dim("s=3"));
    add(cases, nonzero, 0, "needs the axis `t`", f64("b=2"));
    add(cases, nonzero, 0, "bears the axis `s` already", f64("t=4", "s=2"));
    var gather = new Gather("t");
    add(cases, gather, 0, "needs the axis `t`", f64("b=2"), i32("s=2"));
    add(cases, gather, 1, "i32 here", f64("t=2"), f64("s=2"));
    add(cases, gather, 1, "the axis `t` that they count along", f64("t=2"), i32("t=2"));
    add(cases, gather, 1, "axis `b` is 3 here but 2 before", f64("b=2", "t=2"), i32("b=3"));
    var scatter = new Scatter(dim("t=4"), List.of("t", "m"));
    add(cases, scatter, 1, "i32 here", f64("s=2", "m=3"), f64("s=2"));
    add(cases, scatter, 0, "needs the axis `s`", f64("m=3"), i32("s=2"));
    add(cases, scatter, 0, "needs the axis `m`", f64("s=2"), i32("s=2"));
    add(cases, scatter, 0, "bears the axis `t` already", f64("t=4", "m=3"), i32("t=4"));
    add(cases, scatter, 0, "lacks the axis `k`", f64("s=2", "m=3", "k=2"), i32("s=2"));
    add(cases, scatter, 1, "axis `s` is 3 here", f64("s=2", "m=3"), i32("s=3"));
    var dropout = new Dropout(0.1, 0);
    add(cases, dropout, 0, "along some axis, not f64[]", f64(), i32());
    add(cases, dropout, 0, "floating-point numbers", i32("b=2"), i32(), i32("b=2"));
    add(cases, dropout, ALL, "takes x, a key, and positions", f64("b=2"), i32("b=2"));
    add(cases, dropout, 1, "i32 here", f64("b=2"), f64(), i32("b=2"));
    add(cases, dropout, 2, "needs i32[b=2] here", f64("b=2"), i32(), i32("b=3"));
    var mask = new CausalMask(CausalMask.Hidden.NEGATIVE_INFINITY);
    add(cases, mask, 1, "positions along an axis", f64("q=2", "s=3"), i32("q=3"), i32("s=3"));
    add(cases, mask, 2, "i32 here", f64("q=2", "s=3"), i32("q=2"), f64("s=3"));
    add(cases, mask, 2, "along one axis", f64("q=2", "s=3"), i32("q=2"), i32("q=2"));
    var bucket = new RelativeBucket(32, 128, RelativeBucket.Reach.BACKWARD);
    add(cases, bucket, 1, "i32 here", i32("q=2"), f64("s=2"));
    add(cases, bucket, 0, "two one-dimensional", i32("q=2", "r=2"), i32("s=2"));
    var rope = new Rope("k", 10000, RopeDirection.FORWARD);
    add(cases, rope, 1, "i32 here", f64("s=2", "k=4"), f64("s=2"));
    add(cases, rope, 0, "odd size", f64("s=2", "k=3"), i32("s=2"));
    add(cases, rope, 0, "needs the axis `p`", f64("s=2", "k=4"), i32("p=2"));
  }

  private static void normalizations(List<Case> cases) {
    add(cases, new Softmax("a"), 0, "needs the axis `a`", f64("b=2"));
    add(cases, new SoftmaxGrad("a"), 0, "needs the axis `a`", f64("b=2"), f64("b=2"));
    add(cases, new SoftmaxGrad("a"), 1, "here but 2 before", f64("a=2"), f64("a=3"));
    add(cases, new Normalize("a", 1e-5, Centering.MEAN), 0, "needs the axis `a`", f64("b=2"));
    var grad = new NormalizeGrad("a", Centering.MEAN);
    add(cases, grad, ALL, "takes 3 operands", f64("a=2"), f64());
    add(cases, grad, 2, "here but 2 before", f64("a=2"), f64(), f64("a=3"));
  }

  private static void attention(List<Case> cases) {
    var grouped = OpSamples.grouped();
    var q = f64("b=2", "q=3", "h=4", "key=8");
    var k = f64("b=2", "s=5", "kv=2", "key=8");
    var v = f64("b=2", "s=5", "kv=2", "value=6");
    var op = new Attention(grouped);
    add(cases, op, ALL, "takes q, k, v", q, k);
    add(cases, op, 0, "needs the axis `q`", f64("b=2", "h=4", "key=8"), k, v);
    add(cases, op, 1, "needs the axis `s`", q, f64("b=2", "kv=2", "key=8"), v);
    add(cases, op, 2, "needs the axis `value`", q, k, f64("b=2", "s=5", "kv=2"));
    var three = f64("b=2", "s=5", "kv=3", "key=8");
    add(cases, op, 1, "3 key heads do not divide 4", q, three, v);
    add(cases, op, 1, "needs the axes [b]", q, f64("s=5", "kv=2", "key=8"), v);
    var grad = new AttentionGrad(grouped);
    add(cases, grad, ALL, "o, lse and do", q, k, v);
  }

  private static void optimizer(List<Case> cases) {
    var sgd = new SgdUpdate(0.9);
    var p = f64("a=2");
    var wrong = f64("a=3");
    add(cases, sgd, ALL, "takes 4 or 5 operands, not 2", p, p);
    add(cases, sgd, 1, "here but 2 before", p, wrong, p, f64());
    add(cases, sgd, 4, "takes a scalar here", p, p, p, f64(), p);
    var adam = new AdamUpdate(0.9, 0.999, 1e-8, DecayGroups.NONE, AdamUpdate.Decay.COUPLED);
    add(cases, adam, ALL, "takes 6 or 7 operands", p, p, p, p);
    add(cases, adam, 4, "i32 here", p, p, p, p, f64(), f64());
    add(cases, adam, 3, "here but 2 before", p, p, p, wrong, i32(), f64());
    var lamb = new LambDirection(0.9, 0.999, 1e-6, DecayGroups.NONE);
    add(cases, lamb, 4, "i32 here", p, p, p, p, f64());
    var segments = new Segments(List.of(Segments.Part.of(2)), List.of());
    add(cases, new SegmentSquares(segments), 0, "takes a vector of floats", f64("a=2", "b=1"));
    var sums = f64("segments=1");
    add(cases, new LambUpdate(segments), 3, "a sum for each", p, p, sums, f64(), f64());
    var rate = new LearningRate(RateSchedule.constant(0.1), DType.F64);
    add(cases, rate, 0, "is a scalar", i32("a=2"));
    add(cases, new LossScaleUpdate(0, 1), 1, "takes scalars", f64(), p, f64());
    add(cases, new Select(), 0, "chooses by a scalar", p, p, p);
    add(cases, new Select(), 2, "of one type", f64(), p, wrong);
  }

  private static void collectives(List<Case> cases) {
    var over = List.of("tp");
    add(cases, new AllGather("a", over, 4), 0, "needs the axis `a`", f64("b=2"));
    add(cases, new AllReduce(Combine.SUM, over, 4), ALL, "takes 1 operands, not 0");
    add(cases, new AllToAll("a", "b", over, 4), 0, "a=6 is not divisible by 4", f64("a=6", "b=1"));
    add(cases, new AllToAll("a", "b", over, 4), 0, "needs the axis `b`", f64("a=8"));
    var scatter = new ReduceScatter("a", Combine.SUM, over, 4);
    add(cases, scatter, 0, "a=6 is not divisible by 4", f64("a=6"));
    add(cases, new ShardSlice("a", over, 4), 0, "a=6 is not divisible by 4", f64("a=6"));
    add(cases, new SharedSum("pp", List.of(0, 1)), ALL, "takes 1 operands, not 0");
    add(cases, new ToDevice(), 0, "lies there already", f64("a=2"));
    add(cases, new ToHost(), 0, "lies there already", f64("a=2").in(MemorySpace.HOST));
    add(cases, new Send("pp", 1), ALL, "takes 1 operands, not 0");
    add(cases, new Receive("pp", 1, f64("a=2")), ALL, "takes 0 operands, not 1", f64("a=2"));
  }

  private static void repeat(List<Case> cases) {
    var loop = new Repeat("l", dim("n=3"), Direction.FORWARD, 1, 0);
    add(cases, loop, ALL, "one body, not 0", f64("a=2"));
    var b = new Builder();
    var x = b.param("x", f64("a=2"));
    var w = b.param("w", f64("a=2"));
    var body = List.of(b.build(List.of(x)));
    var carried = f64("a=2");
    var sound = f64("n=3", "a=2");
    cases.add(new Case(loop, List.of(carried), body, ALL, "does not fit its operands"));
    var short_ = f64("n=2", "a=2");
    cases.add(new Case(loop, List.of(carried, short_), body, 1, "repeat needs f64[n=3, a=2]"));
    cases.add(new Case(loop, List.of(f64("a=4"), sound), body, 0, "repeat needs f64[a=2]"));
    var types = List.of(carried, sound);
    cases.add(new Case(loop.withAhead(1), types, body, ALL, "has not 1 nodes to run ahead"));
    var uses = new Builder();
    var last = uses.param("x", f64("a=2"));
    var product = uses.emit("y", Binary.MUL, uses.param("w", f64("a=2")), last);
    var early = List.of(uses.build(List.of(product)));
    cases.add(new Case(loop.withAhead(1), types, early, ALL, "%x is carried, and mul runs ahead"));
    var narrow = b.emit("y", new Convert(DType.F32), w);
    var changes = List.of(b.build(List.of(narrow)));
    cases.add(
        new Case(loop, List.of(carried, sound), changes, 0, "carried as f64[a=2] but yielded as"));
    assertThat(narrow.type()).isEqualTo(type(DType.F32, "a=2"));
  }
}
