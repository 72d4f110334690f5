package dev.weft.passes.cost;

import static dev.weft.passes.cost.Sketch.BYTES;
import static dev.weft.passes.cost.Sketch.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peaks of loops, worked out by hand. */
class LoopMemoryTest {
  private static final Affine SCALE = Affine.scale(2);
  private static final TensorType NUMBER = TensorType.scalar(DType.F64);
  private final Sketch f = new Sketch();
  private final Builder body = new Builder();

  private static Repeat loop(long iterations, int carried, int invariant) {
    return new Repeat(
        "layers", new Dim("layer", iterations), Direction.FORWARD, carried, invariant);
  }

  private List<Value> repeat(Repeat op, Block block, Value... operands) {
    return f.b.node("y", op, List.of(operands), List.of(block)).results();
  }

  /** The stack, and per iteration the carried value, its successor and a slice for the stack. */
  @ParameterizedTest
  @ValueSource(longs = {1, 3, 1_000_000_000})
  void aLoopHoldsItsStackAndOneIteration(long iterations) {
    var carried = body.param("carried", X);
    var next = body.emit(SCALE, carried);
    var saved = body.emit(Affine.scale(3), carried);
    var block = body.build(List.of(next, saved));
    var results = repeat(loop(iterations, 1, 0), block, f.data(X));
    assertThat(f.peak(results.toArray(Value[]::new))).isEqualTo((iterations + 3) * BYTES);
  }

  /** The first carried value belongs to the first iteration, unless it is used later. */
  @Test
  void aCarriedOperandThatLivesOnIsKept() {
    var x = f.data(X);
    var block = scaling();
    assertThat(f.peak(repeat(loop(3, 1, 0), block, x).getFirst())).isEqualTo(2 * BYTES);
    var g = new Sketch();
    var z = g.data(X);
    var y = g.b.node("y", loop(3, 1, 0), List.of(z), List.of(block)).result();
    assertThat(g.peak(g.b.emit(Binary.MUL, y, z))).isEqualTo(3 * BYTES);
  }

  private Block scaling() {
    return body.build(List.of(body.emit(SCALE, body.param("carried", X))));
  }

  /** What is carried and invariant at once lives until the loop has ended. */
  @Test
  void anInvariantOperandLivesUntilTheEnd() {
    var carried = body.param("carried", X);
    body.param("invariant", X);
    var block = body.build(List.of(body.emit(SCALE, carried)));
    var x = f.data(X);
    assertThat(f.peak(repeat(loop(2, 1, 1), block, x, x).getFirst())).isEqualTo(3 * BYTES);
  }

  /** Slices are views of the stack: it alone counts beside the carried number and its successor. */
  @Test
  void slicesAreViews() {
    var sum = body.param("sum", NUMBER);
    var part = body.emit(new Contract(List.of()), body.param("slice", X));
    var block = body.build(List.of(body.emit(Binary.ADD, sum, part)));
    var zero = f.b.emit(new Fill(0, NUMBER));
    var stack = f.data(loop(3, 1, 0).stacked(X));
    assertThat(f.peak(repeat(loop(3, 1, 0), block, zero, stack).getFirst()))
        .isEqualTo(3 * BYTES + 2 * 8);
  }

  /** A slice that is carried out of the loop keeps the whole stack. */
  @Test
  void aSliceThatIsYieldedKeepsItsStack() {
    body.param("carried", X);
    var block = body.build(List.of(body.param("slice", X)));
    var stack = f.data(loop(3, 1, 0).stacked(X));
    var last = repeat(loop(3, 1, 0), block, f.data(X), stack).getFirst();
    assertThat(f.peak(last, f.b.emit(new Fill(0, X)))).isEqualTo(4 * BYTES);
  }

  /** The only slice is all of its stack, so that packing it moves nothing; one of two is not. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 5"})
  void packingASliceCopiesItUnlessItIsAll(long iterations, int buffers) {
    var slice = body.param("slice", X);
    var block = body.build(List.of(body.emit(new Pack(new Dim("flat", 10)), slice)));
    var op = loop(iterations, 0, 0);
    var stack = repeat(op, block, f.data(op.stacked(X))).getFirst();
    assertThat(f.peak(stack)).isEqualTo(buffers * BYTES);
  }

  /**
   * Two values change places in each iteration; the first one is needed later. After an even number
   * of iterations the first result is the first operand, and the second operand is free.
   */
  @ParameterizedTest
  @CsvSource({"1, 3", "2, 2", "3, 3", "4, 2", "1000000, 2", "1000001, 3"})
  void valuesThatChangePlacesAreFollowedThrough(long iterations, int buffers) {
    var p = body.param("p", X);
    var q = body.param("q", X);
    var swap = body.build(List.of(q, p));
    var x = f.data(X);
    var results = repeat(loop(iterations, 2, 0), swap, x, f.data(X));
    var late = f.b.emit(new Fill(0, X));
    assertThat(f.peak(results.getFirst(), x, late)).isEqualTo(buffers * BYTES);
  }

  /** Nothing happens to what is carried past an empty loop. */
  @Test
  void anEmptyLoopGivesBackWhatItWasGiven() {
    assertThat(f.peak(repeat(loop(0, 1, 0), scaling(), f.data(X)).getFirst())).isEqualTo(BYTES);
  }

  /**
   * What runs ahead is there twice: for this iteration and for the next one. Of one iteration alone
   * nothing runs ahead.
   */
  @ParameterizedTest
  @CsvSource({"1, 0, 2", "1, 1, 2", "2, 0, 2", "2, 1, 3", "1000000000, 0, 2", "1000000000, 1, 3"})
  void whatRunsAheadIsThereTwice(long iterations, int ahead, int buffers) {
    var number = body.param("number", NUMBER);
    var here = body.emit(SCALE, body.param("slice", X));
    var twice = body.emit(SCALE, here);
    var part = body.emit(new Contract(List.of()), twice);
    var block = body.build(List.of(body.emit(Binary.MUL, number, part)));
    var op = loop(iterations, 1, 0);
    var zero = f.b.emit(new Fill(0, NUMBER));
    var stack = f.data(op.stacked(X));
    var last = repeat(op.withAhead(ahead), block, zero, stack).getFirst();
    assertThat(f.peak(last)).isEqualTo((iterations + buffers) * BYTES + 8);
  }

  /** Nothing runs ahead of an empty loop. */
  @Test
  void nothingRunsAheadOfNothing() {
    body.param("carried", X);
    var here = body.emit(SCALE, body.param("slice", X));
    var op = loop(0, 1, 0);
    var block = body.build(List.of(here));
    var x = f.data(X);
    assertThat(f.peak(repeat(op.withAhead(1), block, x, f.data(op.stacked(X))).getFirst()))
        .isEqualTo(BYTES);
  }
}
