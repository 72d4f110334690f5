package dev.weft.passes.knobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.passes.schedule.StageShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationSearchTest {
  /** Against all ways to cut the layers. */
  @ParameterizedTest
  @EnumSource(StageShape.class)
  void nothingIsFaster(StageShape shape) {
    var random = new Random(shape.ordinal());
    int possible = 0;
    int cases = 600;
    for (int i = 0; i < cases; i++) {
      var problem = problem(random, shape);
      var best = AllocationSearch.best(problem);
      assertThat(best.map(Allocation::time).map(OptionalDouble::of).orElse(OptionalDouble.empty()))
          .describedAs(problem.toString())
          .isEqualTo(fastest(problem));
      best.ifPresent(allocation -> requireLegal(problem, allocation));
      possible += best.isPresent() ? 1 : 0;
    }
    assertThat(possible).isBetween(cases / 4, cases - cases / 20);
  }

  /** What is missing is no more than what is needed, and no less. */
  @Test
  void countsWhatIsMissing() {
    var random = new Random(7);
    int missed = 0;
    for (int i = 0; i < 300; i++) {
      var problem = problem(random, StageShape.LOOP);
      if (AllocationSearch.best(problem).isEmpty()) {
        long missing = AllocationSearch.missingBytes(problem);
        assertThat(fastest(more(problem, missing))).isPresent();
        assertThat(fastest(more(problem, missing - 1))).isEmpty();
        missed++;
      }
    }
    assertThat(missed).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"4, 2, 40", "8, 4, 96", "16, 4, 200"})
  void severalStagesOfLayersThatAreAlikeAreExact(int places, int chunks, int layers) {
    var random = new Random(places);
    var speeds = random.doubles(places, 0.5, 2).boxed().toList();
    var problem =
        new AllocationProblem(
            Collections.nCopies(layers, new LayerCost(10, 1)),
            Collections.nCopies(places, LayerCost.NONE),
            IntStream.range(0, places * chunks).mapToObj(s -> s % places).toList(),
            speeds,
            Collections.nCopies(places, Long.MAX_VALUE));
    var best = AllocationSearch.best(problem).orElseThrow();
    requireLegal(problem, best);
    double below = Math.nextDown(best.time());
    var most =
        speeds.stream()
            .mapToLong(
                speed ->
                    IntStream.rangeClosed(1, layers).filter(n -> 10 * n / speed <= below).count());
    assertThat(most.sum()).isLessThan(layers);
  }

  @Test
  void placesThatAreAlikeShareEvenly() {
    var layers = Collections.nCopies(12, new LayerCost(10, 1));
    var beside = Collections.nCopies(4, LayerCost.NONE);
    var unlimited = Collections.nCopies(4, Long.MAX_VALUE);
    var alike = Collections.nCopies(4, 1.0);
    var problem = new AllocationProblem(layers, beside, List.of(0, 1, 2, 3), alike, unlimited);
    assertThat(AllocationSearch.best(problem).orElseThrow().layers()).containsExactly(3, 3, 3, 3);
  }

  private static void requireLegal(AllocationProblem problem, Allocation allocation) {
    assertThat(allocation.layers()).hasSameSizeAs(problem.places()).allMatch(n -> n >= 1);
    assertThat(allocation.layers().stream().mapToInt(n -> n).sum())
        .isEqualTo(problem.layers().size());
    assertThat(allocation.time()).isEqualTo(problem.time(allocation.layers()));
    assertThat(isWithinLimits(problem, allocation.layers())).isTrue();
  }

  private static AllocationProblem problem(Random random, StageShape shape) {
    int places = 1 + random.nextInt(3);
    int chunks = shape.chunks().orElseGet(() -> 1 + random.nextInt(3));
    int stages = places * chunks;
    int count = stages + random.nextInt(5);
    boolean alike = random.nextInt(4) == 0;
    var one = cost(random);
    var layers = IntStream.range(0, count).mapToObj(_ -> alike ? one : cost(random)).toList();
    long bytes = layers.stream().mapToLong(LayerCost::bytes).sum();
    return new AllocationProblem(
        layers,
        IntStream.range(0, places).mapToObj(_ -> cost(random)).toList(),
        IntStream.range(0, stages).mapToObj(s -> shape.device(s, places)).toList(),
        random.doubles(places, 0.25, 4).boxed().toList(),
        IntStream.range(0, places)
            .mapToObj(_ -> random.nextBoolean() ? Long.MAX_VALUE : 8 + random.nextLong(bytes + 1))
            .toList());
  }

  private static LayerCost cost(Random random) {
    return new LayerCost(random.nextLong(20), random.nextLong(8));
  }

  private static AllocationProblem more(AllocationProblem problem, long bytes) {
    return problem.withLimits(
        problem.limits().stream().map(l -> l == Long.MAX_VALUE ? l : l + bytes).toList());
  }

  private static OptionalDouble fastest(AllocationProblem problem) {
    var cuts = new ArrayList<List<Integer>>();
    addCuts(problem.layers().size(), problem.places().size(), List.of(), cuts);
    return cuts.stream()
        .filter(cut -> isWithinLimits(problem, cut))
        .mapToDouble(problem::time)
        .min();
  }

  private static void addCuts(
      int layers, int stages, List<Integer> before, List<List<Integer>> cuts) {
    if (stages == 0) {
      if (layers == 0) {
        cuts.add(before);
      }
      return;
    }
    for (int own = 1; own <= layers - stages + 1; own++) {
      var next = new ArrayList<>(before);
      next.add(own);
      addCuts(layers - own, stages - 1, next, cuts);
    }
  }

  private static boolean isWithinLimits(AllocationProblem problem, List<Integer> cut) {
    var loads = problem.loads(cut);
    return IntStream.range(0, loads.size())
        .allMatch(p -> loads.get(p).bytes() <= problem.limits().get(p));
  }
}
