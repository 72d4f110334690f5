package dev.weft.runtime.interp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peak memory of programs whose figures are worked out by hand; X is 80 bytes. */
class MemoryTest {
  private static final TensorType X = TensorType.of(DType.F64, new Dim("a", 10));
  private static final long BYTES = 80;
  private static final Affine SCALE = Affine.scale(2);

  private final Builder b = new Builder();

  @Test
  void aResultIsCountedWhileItsOperandLives() {
    var x = b.param("x", X);
    assertThat(peak(b.emit(SCALE, x))).isEqualTo(2 * BYTES);
  }

  @Test
  void operandsAreDroppedAfterTheirLastUse() {
    var y = b.emit(SCALE, b.param("x", X));
    assertThat(peak(b.emit(SCALE, b.emit(SCALE, y)))).isEqualTo(2 * BYTES);
  }

  @Test
  void aLaterUseKeepsAnOperandAlive() {
    var x = b.param("x", X);
    var z = b.emit(SCALE, b.emit(SCALE, x));
    assertThat(peak(b.emit(Binary.MUL, z, x))).isEqualTo(3 * BYTES);
  }

  @Test
  void yieldsLiveToTheEnd() {
    var y = b.emit(SCALE, b.param("x", X));
    assertThat(peak(y, b.emit(SCALE, b.emit(SCALE, y)))).isEqualTo(3 * BYTES);
  }

  @Test
  void unusedInputsAndResultsAreDroppedAtOnce() {
    b.param("unused", X);
    var x = b.param("x", X);
    b.emit("unused", SCALE, x);
    assertThat(peak(b.emit(SCALE, x))).isEqualTo(2 * BYTES);
  }

  @Test
  void bytesFollowTheElementType() {
    var y = b.emit(new Convert(DType.BF16), b.param("x", X));
    assertThat(peak(y)).isEqualTo(BYTES + 20);
  }

  @Test
  void viewsCostNothing() {
    var x = b.param("x", X);
    var split = b.emit(new Split("a", List.of(new Dim("p", 2), new Dim("q", 5))), x);
    assertThat(peak(b.emit(new Rename("p", "r"), split))).isEqualTo(BYTES);
  }

  @Test
  void aViewKeepsItsBufferAlive() {
    var parts = List.of(TensorType.of(DType.F64, new Dim("p", 1)), TensorType.scalar(DType.F64));
    var node = b.node("part", new Unpack(parts), List.of(b.param("x", X)), List.of());
    assertThat(peak(b.emit(SCALE, node.result(0)))).isEqualTo(BYTES + 8);
  }

  @Test
  void anAccumulationIsInPlace() {
    var x = b.param("x", X);
    var y = b.param("y", X);
    assertThat(peak(b.emit(Binary.ADD, x, y))).isEqualTo(2 * BYTES);
  }

  @Test
  void anAdditionOfAnotherTypeIsNot() {
    var x = b.param("x", X);
    var y = b.param("y", TensorType.scalar(DType.F64));
    assertThat(peak(b.emit(Binary.ADD, x, y))).isEqualTo(2 * BYTES + 8);
  }

  @Test
  void updatesAreInPlace() {
    var p = b.param("p", X);
    var g = b.param("g", X);
    var lr = b.param("lr", TensorType.scalar(DType.F64));
    assertThat(peak(b.emit(new SgdUpdate(0), p, g, lr))).isEqualTo(2 * BYTES + 8);
  }

  @Test
  void adamReplacesItsState() {
    var operands =
        List.<Value>of(
            b.param("p", X),
            b.param("g", X),
            b.param("m", X),
            b.param("v", X),
            b.param("t", TensorType.scalar(DType.I32)),
            b.param("lr", TensorType.scalar(DType.F64)));
    var op = new AdamUpdate(0.9, 0.99, 1e-8, DecayGroups.NONE, AdamUpdate.Decay.COUPLED);
    var results = b.node("p", op, operands, List.of()).results();
    assertThat(peak(results)).isEqualTo(4 * BYTES + 4 + 8);
  }

  @Test
  void packingTakesOverWhatDies() {
    var x = b.param("x", X);
    var y = b.emit(SCALE, x);
    var flat = b.emit(new Pack(new Dim("flat", 22)), x, y);
    assertThat(peak(flat)).isEqualTo(22 * 8);
  }

  @Test
  void packingWhatLiesEndToEndIsAView() {
    var x = b.param("x", X);
    var y = b.param("y", X);
    var flat = b.emit(new Pack(new Dim("flat", 21)), x, y);
    var storage = Tensor.zeros(TensorType.of(DType.F64, new Dim("flat", 21)));
    assertThat(peak(List.of(flat, x), List.of(storage.view(X, 0), storage.view(X, 10))))
        .isEqualTo(21 * 8);
  }

  @Test
  void packingBeforeOtherNumbersIsNot() {
    var x = b.param("x", X);
    var flat = b.emit(new Pack(new Dim("flat", 12)), x);
    var storage = Tensor.generate(TensorType.of(DType.F64, new Dim("flat", 12)), _ -> 1);
    assertThat(peak(List.of(flat, x), List.of(storage.view(X, 0)))).isEqualTo(2 * 12 * 8);
  }

  /**
   * Stack of 3 slices, and per iteration: the carried value and its successor; the first carried
   * value is consumed.
   */
  @Test
  void aLoopHoldsItsStackAndOneIteration() {
    var body = new Builder();
    var carried = body.param("carried", X);
    var next = body.emit(SCALE, carried);
    var saved = body.emit(Affine.scale(3), carried);
    var block = body.build(List.of(next, saved));
    var loop = new Repeat("layers", new Dim("layer", 3), Direction.FORWARD, 1, 0);
    var node = b.node("y", loop, List.of(b.param("x", X)), List.of(block));
    assertThat(peak(node.results())).isEqualTo(3 * BYTES + 3 * BYTES);
  }

  /** As before, but the first carried value is used after the loop. */
  @Test
  void aCarriedOperandThatLivesOnIsKept() {
    var body = new Builder();
    var next = body.emit(SCALE, body.param("carried", X));
    var loop = new Repeat("layers", new Dim("layer", 3), Direction.FORWARD, 1, 0);
    var x = b.param("x", X);
    var y = b.node("y", loop, List.of(x), List.of(body.build(List.of(next)))).result();
    assertThat(peak(b.emit(Binary.MUL, y, x))).isEqualTo(3 * BYTES);
  }

  /** Slices are views of the stack: it alone counts beside the carried scalar and its successor. */
  @Test
  void slicesAreViews() {
    var body = new Builder();
    var sum = body.param("sum", TensorType.scalar(DType.F64));
    var slice = body.param("slice", X);
    var part = body.emit(new Contract(List.of()), slice);
    var block = body.build(List.of(body.emit(Binary.ADD, sum, part)));
    var loop = new Repeat("layers", new Dim("layer", 3), Direction.REVERSE, 1, 0);
    var zero = b.emit(new Fill(0, TensorType.scalar(DType.F64)));
    var stack = b.param("stack", TensorType.of(DType.F64, new Dim("layer", 3), new Dim("a", 10)));
    var node = b.node("y", loop, List.of(zero, stack), List.of(block));
    assertThat(peak(node.results())).isEqualTo(3 * BYTES + 2 * 8);
  }

  private long peak(Value... yields) {
    return peak(List.of(yields));
  }

  private long peak(List<Value> yields) {
    var inputs =
        b.build(yields).params().stream().map(p -> Tensor.generate(p.type(), _ -> 1)).toList();
    return peak(yields, inputs);
  }

  private long peak(List<Value> yields, List<Tensor> inputs) {
    var device = new LoneDevice();
    var results = Program.of(OpCase.function("f", b, yields)).run(device, inputs);
    long held = results.stream().map(Tensor::storage).distinct().mapToLong(s -> s.bytes()).sum();
    assertThat(device.memory().currentBytes()).isEqualTo(held);
    return device.memory().peakBytes();
  }
}
