package dev.weft.runtime.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.NotDifferentiable;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.sample.Difference;
import dev.weft.runtime.sample.Draw;
import dev.weft.runtime.sample.OpCase;
import dev.weft.runtime.sample.OpCases;
import dev.weft.runtime.sample.RandomPrograms;
import dev.weft.runtime.sample.ReverseMode;
import dev.weft.runtime.sample.Slope;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The gradient that every op emits is the slope of what the op computes. */
class GradientTest {
  private static final double TOLERANCE = 2e-7;
  private static final int SEEDS = 12;
  private static final int PROGRAMS = 40;

  /** Ops that no loss depends on through. */
  private static final Set<String> NOT_DIFFERENTIABLE =
      Set.of(
          "adam_update",
          "attention_grad",
          "lamb_direction",
          "lamb_update",
          "lookup_grad",
          "loss_scale_update",
          "normalize_grad",
          "pack",
          "segment_squares",
          "select",
          "sgd_update",
          "softmax_grad",
          "unary_grad",
          "unpack");

  @Test
  void everyOpsGradientIsItsSlope() {
    var refused = new HashSet<String>();
    for (int seed = 0; seed < SEEDS; seed++) {
      for (var sample : OpCases.all(seed)) {
        var builder = new Builder();
        var node = sample.node(builder);
        try {
          assertSlopes("seed " + seed + ": " + sample, builder, node, sample.operands(), seed);
        } catch (NotDifferentiable _) {
          refused.add(sample.op().name());
        }
      }
    }
    assertThat(refused).isEqualTo(NOT_DIFFERENTIABLE);
  }

  @Test
  void gradientsOfRandomProgramsAreTheirSlopes() {
    for (int seed = 0; seed < PROGRAMS; seed++) {
      var program = RandomPrograms.of(new Draw(seed));
      var function = program.function();
      var node = function.body().nodes().getLast();
      var builder = new Builder();
      function.body().params().forEach(builder::param);
      function.body().nodes().forEach(builder::add);
      assertSlopes("program " + seed, builder, node, program.operands(), seed);
    }
  }

  @Test
  void equalMaximaShareEqually() {
    var x = TensorType.of(DType.F64, new Dim("a", 4));
    var op = Reduce.over(ReduceFunction.MAX, List.of("a"), x);
    var gradient = gradient(OpCase.of(op, Tensor.of(x, 3, 1, 3, 3)), Tensor.scalar(DType.F64, 6));
    assertThat(gradient.getFirst().toArray()).containsExactly(2, 0, 2, 2);
  }

  @Test
  void firstOfEqualArgumentsTakesAll() {
    var x = TensorType.of(DType.F64, new Dim("a", 3));
    var sample =
        OpCase.of(new Binary(BinaryFunction.MAX), Tensor.of(x, 1, 2, 5), Tensor.of(x, 4, 2, 3));
    var gradient = gradient(sample, Tensor.of(x, 10, 20, 30));
    assertThat(gradient.get(0).toArray()).containsExactly(0, 20, 30);
    assertThat(gradient.get(1).toArray()).containsExactly(10, 0, 0);
  }

  private static List<Tensor> gradient(OpCase sample, Tensor cotangent) {
    var builder = new Builder();
    var node = sample.node(builder);
    var params = List.copyOf(node.operands());
    var seed = builder.param("seed", cotangent.type());
    var cotangents = ReverseMode.emit(builder, List.of(node), Map.of(node.result(), seed));
    var inputs = new ArrayList<>(sample.operands());
    inputs.add(cotangent);
    var yields = params.stream().map(cotangents::get).toList();
    return Oracle.run(OpCase.function("gradient", builder, yields), inputs);
  }

  /**
   * Weighs the differentiable result of the last node with random numbers to a scalar, and compares
   * cotangents with slopes.
   */
  private static void assertSlopes(
      String what, Builder builder, Node last, List<Tensor> inputs, int seed) {
    var result = last.result(0);
    if (!result.type().dtype().equals(DType.F64)) {
      return;
    }
    var before = builder.build(List.of());
    var all = new ArrayList<>(inputs);
    all.add(new Draw(seed).tensor(result.type()));
    var weight = builder.param("weight", result.type());
    var forward = copyOf(builder);
    var loss = forward.emit("loss", new Contract(List.of()), result, weight);
    var scalar = OpCase.function("scalar", forward, List.of(loss));
    var cotangents =
        ReverseMode.emit(builder, before.nodes(), new HashMap<>(Map.of(result, weight)));
    for (int i = 0; i < inputs.size(); i++) {
      Value param = before.params().get(i);
      if (!inputs.get(i).type().dtype().isFloat()) {
        assertThat(cotangents).as(what).doesNotContainKey(param);
        continue;
      }
      var slope = Slope.of(scalar, all, i);
      var cotangent = cotangents.get(param);
      if (cotangent == null) {
        assertThat(slope.toArray()).as(what).containsOnly(0);
        continue;
      }
      assertThat(cotangent.type()).as(what).isEqualTo(param.type());
      var emitted = Oracle.run(OpCase.function("grad", builder, List.of(cotangent)), all);
      assertThat(Difference.of(emitted.getFirst(), slope))
          .as("%s by input %d", what, i)
          .isLessThan(TOLERANCE);
    }
  }

  private static Builder copyOf(Builder builder) {
    var block = builder.build(List.of());
    var copy = new Builder();
    block.params().forEach(copy::param);
    block.nodes().forEach(copy::add);
    return copy;
  }
}
