package dev.weft.runtime.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ir.graph.Op;
import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.TopK;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.interp.LoneDevice;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Choices, and what is carried by them, worked out by hand: by the oracle and by the kernels. */
class ChoosingTest {
  private static final Dim SEQ = new Dim("seq", 4);
  private static final Dim EXPERTS = new Dim("experts", 2);
  private static final Dim MODEL = new Dim("model", 2);
  private static final Dim SLOTS = new Dim("slots", 3);
  private static final Op COMBINE = new Scatter(SEQ, List.of("seq", "model"));

  @Test
  void theBestStayWhereTheyAre() {
    var x = floats(List.of(SEQ), 1, 2, 3, 4);
    var scores = floats(List.of(SEQ), 7, -1, 9, 8);
    assertThat(run(new TopK("seq", 2), x, scores)).containsExactly(0, 0, 3, 4);
  }

  @Test
  void ofEqualScoresTheEarlierGoesFirst() {
    var x = floats(List.of(SEQ), 1, 2, 3, 4);
    var scores = floats(List.of(SEQ), 5, 6, 5, 5);
    assertThat(run(new TopK("seq", 1), x, scores)).containsExactly(0, 2, 0, 0);
    assertThat(run(new TopK("seq", 3), x, scores)).containsExactly(1, 2, 3, 0);
  }

  /** Expert 0 has more entries than slots; for expert 1 slots are left over. */
  @Test
  void positionsStandInOrder() {
    var x = floats(List.of(SEQ, EXPERTS), 1, 0, 1e-300, 0, -1, 2, 1, 0);
    var nonzero = new Nonzero("seq", new Dim("slots", 2));
    assertThat(run(nonzero, x)).containsExactly(0, 2, 1, Nonzero.NOWHERE);
  }

  @Test
  void zeroHasNoSign() {
    var x = floats(List.of(SEQ), -0.0, 3, 0, -3);
    assertThat(run(new Nonzero("seq", SLOTS), x)).containsExactly(1, 3, -1);
  }

  @Test
  void nothingIsGatheredFromNowhere() {
    var x = floats(List.of(SEQ, MODEL), 1, 2, 3, 4, 5, 6, 7, 8);
    var ids = ints(List.of(SLOTS), 2, -1, 2);
    assertThat(run(new Gather("seq"), x, ids)).containsExactly(5, 6, 0, 0, 5, 6);
  }

  @Test
  void commonAxesRunTogether() {
    var batch = new Dim("batch", 2);
    var x = floats(List.of(batch, EXPERTS), 1, 2, 3, 4);
    var ids = ints(List.of(SLOTS, batch), 0, 0, 1, -1, 1, 1);
    assertThat(run(new Gather("experts"), x, ids)).containsExactly(1, 3, 2, 0, 2, 4);
  }

  /** Position 2 gets something from both experts, and from expert 0 twice. */
  @Test
  void whatMeetsIsAddedUp() {
    var y =
        floats(List.of(EXPERTS, SLOTS, MODEL), 1, 10, 2, 20, 3, 30, 100, 1000, 200, 2000, 300, 3e3);
    var ids = ints(List.of(EXPERTS, SLOTS), 2, 0, 2, -1, 2, 3);
    assertThat(run(COMBINE, y, ids)).containsExactly(2, 20, 0, 0, 204, 2040, 300, 3000);
  }

  @Test
  void axesOfTheIdsThatTheResultBearsStayApart() {
    var y = floats(List.of(EXPERTS, SLOTS), 1, 2, 3, 4, 5, 6);
    var ids = ints(List.of(EXPERTS, SLOTS), 1, 1, 0, 3, -1, 3);
    var apart = new Scatter(SEQ, List.of("seq", "experts"));
    assertThat(run(apart, y, ids)).containsExactly(3, 0, 3, 0, 0, 0, 0, 10);
  }

  @Test
  void otherIntegersNameNoPlace() {
    var x = floats(List.of(SEQ, MODEL), 1, 2, 3, 4, 5, 6, 7, 8);
    var y = floats(List.of(SLOTS, MODEL), 1, 2, 3, 4, 5, 6);
    assertRefused(new Gather("seq"), x, 4);
    assertRefused(new Gather("seq"), x, -2);
    assertRefused(COMBINE, y, 4);
    assertRefused(COMBINE, y, -2);
  }

  private static void assertRefused(Op op, Tensor entries, int id) {
    var sample = OpCase.of(op, entries, ints(List.of(SLOTS), 0, id, 1));
    var function = sample.function();
    assertThatThrownBy(() -> Oracle.run(function, sample.operands()))
        .hasStackTraceContaining("index " + id + " is not in [0, 4)");
    assertThatThrownBy(() -> Program.of(function).run(new LoneDevice(), sample.operands()))
        .hasStackTraceContaining("index " + id + " is not in [0, 4)");
  }

  private static double[] run(Op op, Tensor... operands) {
    var sample = OpCase.of(op, operands);
    var function = sample.function();
    var expected = Oracle.run(function, sample.operands()).getFirst();
    var actual = Program.of(function).run(new LoneDevice(), sample.operands()).getFirst();
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.toArray()).containsExactly(expected.toArray());
    return expected.toArray();
  }

  private static Tensor floats(List<Dim> dims, double... values) {
    return Tensor.of(new TensorType(DType.F64, dims), values);
  }

  private static Tensor ints(List<Dim> dims, int... values) {
    return Tensor.ofInts(new TensorType(DType.I32, dims), values);
  }
}
