package dev.weft.passes.cost;

import static dev.weft.passes.cost.Sketch.BYTES;
import static dev.weft.passes.cost.Sketch.X;
import static dev.weft.passes.cost.Sketch.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peaks of straight-line programs, worked out by hand. */
class MemoryUseTest {
  private static final Affine SCALE = Affine.scale(2);
  private final Sketch f = new Sketch();

  @Test
  void aResultIsCountedWhileItsOperandLives() {
    assertThat(f.peak(f.b.emit(SCALE, f.data(X)))).isEqualTo(2 * BYTES);
  }

  @Test
  void operandsAreDroppedAfterTheirLastUse() {
    var y = f.b.emit(SCALE, f.data(X));
    assertThat(f.peak(f.b.emit(SCALE, f.b.emit(SCALE, y)))).isEqualTo(2 * BYTES);
  }

  @Test
  void aLaterUseKeepsAnOperandAlive() {
    var x = f.data(X);
    var z = f.b.emit(SCALE, f.b.emit(SCALE, x));
    assertThat(f.peak(f.b.emit(Binary.MUL, z, x))).isEqualTo(3 * BYTES);
  }

  @Test
  void yieldsLiveToTheEnd() {
    var y = f.b.emit(SCALE, f.data(X));
    assertThat(f.peak(y, f.b.emit(SCALE, f.b.emit(SCALE, y)))).isEqualTo(3 * BYTES);
  }

  @Test
  void unusedInputsAndResultsAreDroppedAtOnce() {
    f.data(X);
    var x = f.data(X);
    f.b.emit("unused", SCALE, x);
    assertThat(f.peak(f.b.emit(SCALE, x))).isEqualTo(2 * BYTES);
  }

  @Test
  void allInputsAreThereAtTheStart() {
    f.data(X);
    f.data(X);
    assertThat(f.peak(f.data(vector(1)))).isEqualTo(2 * BYTES + 8);
  }

  @Test
  void bytesFollowTheElementType() {
    var y = f.b.emit(new Convert(DType.BF16), f.data(X));
    assertThat(f.peak(y)).isEqualTo(BYTES + 20);
  }

  @Test
  void viewsCostNothingAndKeepTheirBufferAlive() {
    var split = f.b.emit(new Split("a", List.of(new Dim("p", 2), new Dim("q", 5))), f.data(X));
    var renamed = f.b.emit(new Rename("p", "r"), split);
    assertThat(f.peak(f.b.emit(new Fill(0, X)), renamed)).isEqualTo(2 * BYTES);
  }

  @Test
  void anAccumulationIsInPlaceAndAnAdditionOfAnotherTypeIsNot() {
    assertThat(f.peak(f.b.emit(Binary.ADD, f.data(X), f.data(X)))).isEqualTo(2 * BYTES);
    var g = new Sketch();
    var sum = g.b.emit(Binary.ADD, g.data(X), g.data(TensorType.scalar(DType.F64)));
    assertThat(g.peak(sum)).isEqualTo(2 * BYTES + 8);
  }

  @Test
  void anOperandThatLivesOnMakesNoRoom() {
    var x = f.data(X);
    assertThat(f.peak(f.b.emit(Binary.ADD, x, f.data(X)), x)).isEqualTo(2 * BYTES);
    var g = new Sketch();
    var both = new Value[] {g.data(X), g.data(X)};
    assertThat(g.peak(g.b.emit(Binary.ADD, both), both[0], both[1])).isEqualTo(3 * BYTES);
  }

  @Test
  void adamReplacesItsState() {
    var operands = new ArrayList<Value>();
    for (int i = 0; i < 4; i++) {
      operands.add(f.data(X));
    }
    operands.add(f.data(TensorType.scalar(DType.I32)));
    operands.add(f.data(TensorType.scalar(DType.F64)));
    var adam = new AdamUpdate(0.9, 0.99, 1e-8, DecayGroups.NONE, AdamUpdate.Decay.COUPLED);
    var results = f.b.node("p", adam, operands, List.of()).results();
    assertThat(f.peak(results.toArray(Value[]::new))).isEqualTo(4 * BYTES + 4 + 8);
  }

  @Test
  void packingTakesOverWhatDies() {
    var x = f.data(X);
    var y = f.b.emit(SCALE, x);
    assertThat(f.peak(f.b.emit(new Pack(new Dim("flat", 22)), x, y))).isEqualTo(22 * 8);
  }

  @Test
  void packingWhatFillsABufferInOrderIsAView() {
    assertThat(repacked(0, 1, 20)).isEqualTo(160);
    assertThat(repacked(1, 0, 20)).isEqualTo(160 + 160);
    assertThat(repacked(0, 1, 21)).isEqualTo(160 + 168);
  }

  /** Two halves of a vector packed again, while the first half lives on. */
  private static long repacked(int first, int second, long size) {
    var g = new Sketch();
    var halves =
        g.b.node("half", new Unpack(List.of(X, X)), List.of(g.data(vector(20))), List.of());
    var flat = new Pack(new Dim("flat", size));
    var packed = g.b.emit(flat, halves.result(first), halves.result(second));
    return g.peak(packed, halves.result(0));
  }

  @Test
  void theWeightsOfAStepBeginOneBuffer() {
    var v = f.weight(X);
    var w = f.weight(X);
    var flat = f.b.emit(new Pack(new Dim("flat", 22)), v, w);
    var module = Module.of(f.yielding("step", flat, v));
    assertThat(MemoryUse.of(module, 0).peakBytes()).isEqualTo(22 * 8);
    assertThat(MemoryUse.ofFunction(module, module.only()).peakBytes()).isEqualTo(BYTES + 22 * 8);
  }

  @Test
  void anAllReduceIsInPlaceAndOtherCollectivesAreNot() {
    var reduce = new AllReduce(Combine.SUM, List.of("dp"), 2);
    assertThat(f.peak(f.b.emit(reduce, f.data(X)))).isEqualTo(BYTES);
    var g = new Sketch();
    var gather = new AllGather("a", List.of("dp"), 2);
    assertThat(g.peak(g.b.emit(gather, g.data(X)))).isEqualTo(3 * BYTES);
  }

  @Test
  void aSharedSumIsInPlace() {
    var sum = new SharedSum("pp", List.of(0, 3));
    assertThat(f.peak(f.b.emit(sum, f.data(X)))).isEqualTo(BYTES);
  }

  @Test
  void aCollectiveOfOneDeviceIsAView() {
    var x = f.data(X);
    var gathered = f.b.emit(new AllGather("a", List.of("dp"), 1), x);
    var reduced = f.b.emit(new AllReduce(Combine.SUM, List.of("dp"), 1), gathered);
    assertThat(f.peak(reduced, x)).isEqualTo(BYTES);
  }

  @Test
  void whatIsReceivedHasABufferAndWhatIsSentIsDropped() {
    var x = f.b.emit(new Receive("pp", 0, X));
    var y = f.b.emit(SCALE, x);
    f.b.node(List.of(), new Send("pp", 2), List.of(y), List.of(), List.of());
    assertThat(f.peak(f.b.emit(new Receive("pp", 0, vector(15))))).isEqualTo(2 * BYTES);
    f.b.node(List.of(), new Send("pp", 2), List.of(y), List.of(), List.of());
    assertThat(f.peak()).isEqualTo(BYTES + 120);
  }

  @Test
  void aProgramThatIsNotLoweredIsRefused() {
    var y = f.b.emit(new Reshard(Sharding.replicated(1)), f.data(X));
    assertThatThrownBy(() -> f.peak(y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reshard");
  }
}
