package dev.weft.passes.remat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.passes.remat.ChainAction.Backward;
import dev.weft.passes.remat.ChainAction.Forward;
import dev.weft.passes.remat.ChainAction.ForwardAll;
import dev.weft.passes.remat.ChainAction.ForwardKeepingInput;
import dev.weft.passes.remat.ChainMachine.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainSolverTest {
  private static final int LONGEST = 7;

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
        executions(0, stages.size() - 1).map(a -> ChainMachine.run(stages, a)).toList();
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
      var rule = ChainMachine.run(stages, segments(stages.size(), segment));
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
      stages.add(new ChainStage(large, 2 * large, 2, 4 + large / 10, 2, 0, 0));
    }
    var sqrt = ChainMachine.run(stages, segments(16, 4));
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
    assertThat(last).isEqualTo(stages.stream().mapToDouble(s -> s.forward() + s.backward()).sum());
  }

  private static List<ChainStage> random(Random random, int length) {
    return Stream.generate(() -> stage(random)).limit(length).toList();
  }

  private static ChainStage stage(Random random) {
    int output = 1 + random.nextInt(4);
    return new ChainStage(
        1 + random.nextInt(9),
        1 + random.nextInt(9),
        output,
        output + random.nextInt(8),
        1 + random.nextInt(4),
        random.nextInt(3),
        random.nextInt(3));
  }

  /** Every execution in which what is kept stays until its backward. */
  private static Stream<List<ChainAction>> executions(int s, int t) {
    var keepingAll =
        (s == t ? Stream.of(List.<ChainAction>of()) : executions(s + 1, t))
            .map(rest -> joined(List.of(new ForwardAll(s)), rest, List.of(new Backward(s))));
    var runningOn =
        IntStream.rangeClosed(s + 1, t)
            .boxed()
            .flatMap(
                r ->
                    executions(r, t)
                        .flatMap(
                            later ->
                                executions(s, r - 1)
                                    .map(earlier -> joined(runTo(s, r), later, earlier))));
    return Stream.concat(keepingAll, runningOn);
  }

  private static List<ChainAction> runTo(int s, int r) {
    var actions = new ArrayList<ChainAction>(List.of(new ForwardKeepingInput(s)));
    IntStream.range(s + 1, r).forEach(k -> actions.add(new Forward(k)));
    return actions;
  }

  /** Segments of a length whose inputs are kept; each is run again as a whole, but the last. */
  private static List<ChainAction> segments(int stages, int length) {
    var actions = new ArrayList<ChainAction>();
    int last = (stages - 1) / length * length;
    for (int s = 0; s < last; s += length) {
      actions.addAll(runTo(s, s + length));
    }
    for (int s = last; s >= 0; s -= length) {
      int end = Math.min(s + length, stages);
      for (int k = s; k < end; k++) {
        actions.add(new ForwardAll(k));
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
