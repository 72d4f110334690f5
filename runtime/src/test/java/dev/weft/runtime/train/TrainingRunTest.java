package dev.weft.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.mesh.Combine;
import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.grid.Traffic;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model cut and lowered by hand trains like the whole one on the oracle. */
class TrainingRunTest {
  private static final int STEPS = 4;
  private static final double TOLERANCE = 1e-14;
  private static final OptimizerSpec SGD = new OptimizerSpec.Sgd(0.1, 0);

  static Stream<Arguments> cases() {
    var optimizers =
        List.of(
            SGD,
            new OptimizerSpec.Sgd(0.1, 0.9),
            new OptimizerSpec.Adam(0.1, 0.9, 0.99, 1e-8, 0.1, Decay.COUPLED),
            new OptimizerSpec.Adam(0.1, 0.9, 0.99, 1e-8, 0.1, Decay.DECOUPLED));
    return optimizers.stream().flatMap(o -> Stream.of(Arguments.of(o, 1), Arguments.of(o, 2)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void parallelTrainingIsSerialTraining(OptimizerSpec optimizer, int shards) {
    var comparison = compare(optimizer, shards, Combine.SUM);
    assertThat(comparison.passed(TOLERANCE)).as(comparison.worst()).isTrue();
    assertThat(comparison.worst()).isNotEmpty();
  }

  @Test
  void aWrongCollectiveIsCaught() {
    var comparison = compare(SGD, 2, Combine.MAX);
    assertThat(comparison.gradMaxRelError()).isGreaterThan(1e-3);
    assertThat(comparison.lossMaxRelError()).isGreaterThan(1e-3);
    assertThat(comparison.weightMaxRelError()).isGreaterThan(1e-3);
  }

  @Test
  void aWrongUpdateIsCaught() {
    var run = run(new OptimizerSpec.Sgd(0.1, 0), 1, Combine.SUM);
    var serial = serial(new OptimizerSpec.Sgd(0.11, 0));
    var comparison = new Comparison();
    var batch = Batches.synthetic(LinearModel.grads(), 0).batch(1);
    comparison.add(run.next(batch), serial.next(batch));
    assertThat(comparison.passed(TOLERANCE)).isTrue();
    comparison.addWeights(run.weights(), serial.weights());
    assertThat(comparison.passed(TOLERANCE)).isFalse();
  }

  @Test
  void trafficAndMemoryAreCounted() {
    var run = run(SGD, 2, Combine.SUM);
    var batches = Batches.synthetic(LinearModel.grads(), 0);
    run.next(batches.batch(1));
    run.next(batches.batch(2));
    assertThat(run.traffic())
        .containsEntry("reduce_scatter", new Traffic(8, 8 * 48))
        .containsEntry("all_gather", new Traffic(8, 8 * 48));
    assertThat(run.peakMemoryBytes()).hasSize(4).containsOnly(run.peakMemoryBytes().getFirst());
  }

  private static Comparison compare(OptimizerSpec optimizer, int shards, Combine sum) {
    var run = run(optimizer, shards, sum);
    var serial = serial(optimizer);
    var batches = Batches.synthetic(LinearModel.grads(), 0);
    var comparison = new Comparison();
    for (int step = 1; step <= STEPS; step++) {
      var batch = batches.batch(step);
      comparison.add(run.next(batch), serial.next(batch));
      comparison.addWeights(run.weights(), serial.weights());
    }
    return comparison;
  }

  private static TrainingRun run(OptimizerSpec optimizer, int shards, Combine sum) {
    return new TrainingRun(
        LinearModel.step(optimizer, shards, sum),
        new Grid(LinearModel.MESH),
        Weights.initial(LinearModel.grads(), 0));
  }

  private static SerialRun serial(OptimizerSpec optimizer) {
    return new SerialRun(LinearModel.grads(), optimizer, Weights.initial(LinearModel.grads(), 0));
  }
}
