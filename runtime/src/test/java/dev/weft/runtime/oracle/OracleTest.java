package dev.weft.runtime.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionShape;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.CrossEntropy;
import dev.weft.ir.op.Direction;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.Rope;
import dev.weft.ir.op.RopeDirection;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results that can be worked out by hand. */
class OracleTest {
  private static final Dim A = new Dim("a", 2);
  private static final Dim B = new Dim("b", 3);

  @Test
  void contractionSumsOverWhatTheResultLacks() {
    var x = floats(List.of(A, B), 1, 2, 3, 4, 5, 6);
    var y = floats(List.of(B), 1, 0, -1);
    assertThat(run(OpCase.of(new Contract(List.of("a")), x, y)).getFirst().toArray())
        .containsExactly(-2, -2);
  }

  @Test
  void transpositionMovesElements() {
    var x = floats(List.of(A, B), 1, 2, 3, 4, 5, 6);
    assertThat(run(OpCase.of(new Transpose(List.of("b", "a")), x)).getFirst().toArray())
        .containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void operandsMeetByName() {
    var x = floats(List.of(A, B), 1, 2, 3, 4, 5, 6);
    var y = floats(List.of(B, A), 10, 40, 20, 50, 30, 60);
    assertThat(run(OpCase.of(Binary.ADD, x, y)).getFirst().toArray())
        .containsExactly(11, 22, 33, 44, 55, 66);
  }

  @Test
  void normalizationHasZeroMeanAndUnitVariance() {
    var x = floats(List.of(A), 1, 3);
    var results = run(OpCase.of(new Normalize("a", 3, Centering.MEAN), x));
    assertThat(results.get(0).toArray()).containsExactly(-0.5, 0.5);
    assertThat(results.get(1).scalar()).isEqualTo(0.5);
  }

  @Test
  void crossEntropyOfEqualLogits() {
    var logits = floats(List.of(B), 7, 7, 7);
    var label = Tensor.ofInts(TensorType.scalar(DType.I32), 1);
    assertThat(run(OpCase.of(new CrossEntropy("b"), logits, label)).getFirst().scalar())
        .isCloseTo(Math.log(3), within(1e-15));
  }

  @Test
  void aQuarterTurn() {
    var x = floats(List.of(A), 1, 0);
    var position = Tensor.ofInts(TensorType.scalar(DType.I32), 1);
    var y = run(OpCase.of(new Rope("a", 100, RopeDirection.FORWARD), x, position)).getFirst();
    assertThat(y.toArray()).containsExactly(Math.cos(1), Math.sin(1));
  }

  /** The first query sees the first source alone; the second both, with weights 1 : 3. */
  @Test
  void causalAttention() {
    var query = new Dim("q", 2);
    var source = new Dim("s", 2);
    var one = new Dim("k", 1);
    var value = new Dim("v", 1);
    var shape =
        new AttentionShape("q", "s", "k", "v", "", "", AttentionShape.Mask.CAUSAL, Math.log(3));
    var results =
        run(
            OpCase.of(
                new Attention(shape),
                floats(List.of(query, one), 1, 1),
                floats(List.of(source, one), 0, 1),
                floats(List.of(source, value), 100, 200)));
    assertThat(results.get(0).toArray()).containsExactly(new double[] {100, 175}, within(1e-12));
    assertThat(results.get(1).toArray())
        .containsExactly(new double[] {0, Math.log(4)}, within(1e-15));
  }

  @Test
  void aReversedLoopTakesAndStoresFromTheLast() {
    var body = new Builder();
    var carried = body.param("carried", TensorType.scalar(DType.F64));
    var slice = body.param("slice", TensorType.scalar(DType.F64));
    var next = body.emit(Binary.ADD, body.emit(Affine.scale(10), carried), slice);
    var block = body.build(List.of(next, next));
    var b = new Builder();
    var zero = b.param("zero", TensorType.scalar(DType.F64));
    var stack = b.param("stack", TensorType.of(DType.F64, B));
    var loop = new Repeat("digits", B, Direction.REVERSE, 1, 0);
    var node = b.node("y", loop, List.of(zero, stack), List.of(block));
    var results =
        Oracle.run(
            OpCase.function("digits", b, node.results()),
            List.of(Tensor.scalar(DType.F64, 0), floats(List.of(B), 1, 2, 3)));
    assertThat(results.get(0).scalar()).isEqualTo(321);
    assertThat(results.get(1).toArray()).containsExactly(321, 32, 3);
  }

  @Test
  void layoutsDoNotMatter() {
    var x = floats(List.of(A), 1, 2);
    var op = new Reshard(Sharding.of(List.of(List.of("dp"))));
    assertThat(run(OpCase.of(op, x))).containsExactly(x);
  }

  @Test
  void collectivesAreRefusedWithTheirPlace() {
    var op = new AllReduce(Combine.SUM, List.of("dp"), 2);
    assertThatThrownBy(() -> run(OpCase.of(op, floats(List.of(A), 1, 2))))
        .isInstanceOf(OracleFailure.class)
        .hasMessageContaining("all_reduce belongs to one device of several");
  }

  private static List<Tensor> run(OpCase sample) {
    return Oracle.run(sample.function(), sample.operands());
  }

  private static Tensor floats(List<Dim> dims, double... values) {
    return Tensor.of(new TensorType(DType.F64, dims), values);
  }
}
