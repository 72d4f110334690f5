package dev.weft.passes.remat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.passes.remat.ChainAction.Backward;
import dev.weft.passes.remat.ChainAction.Forward;
import dev.weft.passes.remat.ChainAction.ForwardKeepingInput;
import dev.weft.passes.remat.ChainAction.ForwardSaving;
import dev.weft.passes.remat.ChainMachine.Measured;
import dev.weft.passes.remat.ChainStage.Saving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainSolverTest {
  private static final int LONGEST = 6;

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  /** Every memory between one too small and one that holds everything. */
  @ParameterizedTest
  @MethodSource("seeds")
  void findsWhatTryingEveryExecutionFinds(int seed) {
    var random = new Random(seed);
    var stages = random(random, 1 + random.nextInt(LONGEST));
    var executions =
        executions(stages, 0, stages.size() - 1).map(a -> ChainMachine.run(stages, a)).toList();
    long most = executions.stream().mapToLong(Measured::peakBytes).max().orElseThrow();
    for (long bytes = 0; bytes <= most; bytes++) {
      long limit = bytes;
      var best =
          executions.stream().filter(e -> e.peakBytes() <= limit).mapToDouble(Measured::cost).min();
      var plan = ChainSolver.solve(stages, bytes, Integer.MAX_VALUE);
      assertThat(plan.isPresent()).isEqualTo(best.isPresent());
      plan.ifPresent(p -> assertThat(p.cost()).isCloseTo(best.getAsDouble(), within(1e-9)));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void runsAsPromised(int seed) {
    var random = new Random(seed);
    var stages = random(random, 20);
    for (long bytes = 30; bytes < 200; bytes += 10) {
      long limit = bytes;
      ChainSolver.solve(stages, bytes, 50)
          .ifPresent(
              plan -> {
                var measured = ChainMachine.run(stages, plan.actions());
                assertThat(measured.cost()).isCloseTo(plan.cost(), within(1e-9));
                assertThat(measured.peakBytes()).isLessThanOrEqualTo(limit);
              });
    }
  }

  /** At the memory that a fixed rule takes, the solver is at least as fast. */
  @ParameterizedTest
  @MethodSource("seeds")
  void isNeverSlowerThanAFixedRule(int seed) {
    var random = new Random(seed);
    var stages = random(random, 16);
    for (int segment : List.of(1, 2, 4, 16)) {
      var rule = ChainMachine.run(stages, segments(stages, segment));
      var plan = ChainSolver.solve(stages, rule.peakBytes(), Integer.MAX_VALUE).orElseThrow();
      assertThat(plan.cost()).isLessThanOrEqualTo(rule.cost() + 1e-9);
    }
  }

  /** Where stages differ, segments of equal length waste time or memory. */
  @Test
  void isFasterThanSquareRootSegmentsOnAnUnevenChain() {
    var stages = new ArrayList<ChainStage>();
    for (int i = 0; i < 16; i++) {
      long large = i % 4 == 1 ? 40 : 2;
      var saving = new Saving(4 + large / 10, 2 * large, 0);
      stages.add(new ChainStage(large, 2, 2, 0, List.of(saving)));
    }
    var sqrt = ChainMachine.run(stages, segments(stages, 4));
    var plan = ChainSolver.solve(stages, sqrt.peakBytes(), Integer.MAX_VALUE).orElseThrow();
    assertThat(plan.cost()).isLessThan(0.97 * sqrt.cost());
  }

  @Test
  void moreMemoryNeverCostsTime() {
    var stages = random(new Random(7), 12);
    double last = Double.POSITIVE_INFINITY;
    for (long bytes = 0; bytes < 250; bytes++) {
      double cost =
          ChainSolver.solve(stages, bytes, Integer.MAX_VALUE)
              .map(ChainPlan::cost)
              .orElse(Double.POSITIVE_INFINITY);
      assertThat(cost).isLessThanOrEqualTo(last);
      last = cost;
    }
    assertThat(last).isEqualTo(stages.stream().mapToDouble(ChainSolverTest::once).sum());
  }

  /** The frontier has every cost that some memory has, and no other. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theFrontierIsWhatSolvingForEachMemoryFinds(int seed) {
    var random = new Random(seed);
    var stages = random(random, 1 + random.nextInt(LONGEST));
    var costs = new TreeSet<Double>(Comparator.reverseOrder());
    for (long bytes = 0; bytes <= 150; bytes++) {
      ChainSolver.solve(stages, bytes, Integer.MAX_VALUE).ifPresent(p -> costs.add(p.cost()));
    }
    var frontier = ChainSolver.frontier(stages, 150, Integer.MAX_VALUE);
    assertThat(frontier.stream().map(ChainPlan::cost)).containsExactlyElementsOf(costs);
  }

  private static double once(ChainStage stage) {
    return stage.forward() + stage.savings().stream().mapToDouble(Saving::backward).min().orElse(0);
  }

  private static List<ChainStage> random(Random random, int length) {
    return Stream.generate(() -> stage(random)).limit(length).toList();
  }

  private static ChainStage stage(Random random) {
    int output = 1 + random.nextInt(4);
    int backward = 1 + random.nextInt(9);
    var savings = new ArrayList<Saving>();
    for (int k = random.nextInt(3); k >= 0; k--) {
      // What keeps less computes more again, and needs room for it.
      long bytes = output + 3L * (2 - k) + random.nextInt(3);
      savings.add(new Saving(bytes, backward + 2 * k, k + random.nextInt(3)));
    }
    return new ChainStage(
        1 + random.nextInt(9), output, 1 + random.nextInt(4), random.nextInt(3), savings);
  }

  /** Every execution in which what is kept stays until its backward. */
  private static Stream<List<ChainAction>> executions(List<ChainStage> stages, int s, int t) {
    var saving =
        IntStream.range(0, stages.get(s).savings().size())
            .boxed()
            .flatMap(
                k ->
                    (s == t ? Stream.of(List.<ChainAction>of()) : executions(stages, s + 1, t))
                        .map(
                            rest ->
                                joined(
                                    List.of(new ForwardSaving(s, k)),
                                    rest,
                                    List.of(new Backward(s)))));
    var runningOn =
        IntStream.rangeClosed(s + 1, t)
            .boxed()
            .flatMap(
                r ->
                    executions(stages, r, t)
                        .flatMap(
                            later ->
                                executions(stages, s, r - 1)
                                    .map(earlier -> joined(runTo(s, r), later, earlier))));
    return Stream.concat(saving, runningOn);
  }

  private static List<ChainAction> runTo(int s, int r) {
    var actions = new ArrayList<ChainAction>(List.of(new ForwardKeepingInput(s)));
    IntStream.range(s + 1, r).forEach(k -> actions.add(new Forward(k)));
    return actions;
  }

  /** Segments of a length whose inputs are kept; each is run again as a whole, but the last. */
  private static List<ChainAction> segments(List<ChainStage> stages, int length) {
    var actions = new ArrayList<ChainAction>();
    int last = (stages.size() - 1) / length * length;
    for (int s = 0; s < last; s += length) {
      actions.addAll(runTo(s, s + length));
    }
    for (int s = last; s >= 0; s -= length) {
      int end = Math.min(s + length, stages.size());
      for (int k = s; k < end; k++) {
        actions.add(new ForwardSaving(k, stages.get(k).savings().size() - 1));
      }
      for (int k = end - 1; k >= s; k--) {
        actions.add(new Backward(k));
      }
    }
    return actions;
  }

  private static List<ChainAction> joined(
      List<ChainAction> first, List<ChainAction> second, List<ChainAction> third) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    return all;
  }
}
