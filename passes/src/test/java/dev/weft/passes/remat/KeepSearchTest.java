package dev.weft.passes.remat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeepSearchTest {
  private static final int VALUES = 11;

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsWhatTryingEverySetFinds(int seed) {
    var problem = random(new Random(seed));
    var frontier = KeepSearch.EXACT_FOR_BLOCKS.search(problem);
    assertThat(frontier.isExact()).isTrue();
    assertThat(points(frontier.choices())).isEqualTo(points(Frontier.undominated(all(problem))));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatItReportsOfAChoiceIsTrue(int seed) {
    var problem = random(new Random(seed));
    for (var choice : KeepSearch.EXACT_FOR_BLOCKS.search(problem).choices()) {
      var again = problem.choice(choice.kept());
      assertThat(again.bytes()).isEqualTo(choice.bytes());
      assertThat(again.flops()).isEqualTo(choice.flops());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void beyondItsLimitItKnowsHowFarItMayBeOff(int seed) {
    var problem = random(new Random(seed));
    var exact = KeepSearch.EXACT_FOR_BLOCKS.search(problem);
    var rough = new KeepSearch(2).search(problem);
    for (var choice : exact.choices()) {
      rough
          .within(choice.bytes())
          .ifPresent(
              found ->
                  assertThat(found.flops() - rough.gapFlops(choice.bytes()))
                      .isLessThanOrEqualTo(choice.flops()));
    }
  }

  @Test
  void aLimitLeavesAGapThatIsReported() {
    var gaps =
        seeds()
            .mapToObj(seed -> new KeepSearch(1).search(random(new Random(seed))))
            .filter(f -> !f.isExact())
            .toList();
    assertThat(gaps).isNotEmpty();
    assertThat(gaps).anyMatch(f -> f.gapFlops(Long.MAX_VALUE) > 0);
  }

  /** v0 -> v1 -> v2, where v1 is large and needed, v0 and v2 are small. */
  @Test
  void computesALargeValueAgainFromASmallOne() {
    var problem =
        new KeepProblem(List.of(step(1, 0, 1), step(5, 1, 2)), List.of(4L, 100L, 3L), bits(1, 2));
    var frontier = KeepSearch.EXACT_FOR_BLOCKS.search(problem);
    assertThat(points(frontier.choices())).containsExactly("4 6.0", "7 1.0", "103 0.0");
    assertThat(frontier.within(50).orElseThrow().kept()).isEqualTo(bits(0, 2));
    assertThat(frontier.within(3)).isEmpty();
  }

  @Test
  void whatMayNotRunTwiceIsKept() {
    var once = new Computation(Double.POSITIVE_INFINITY, List.of(0), List.of(1));
    var problem = new KeepProblem(List.of(once), List.of(1L, 100L), bits(1));
    assertThat(points(KeepSearch.EXACT_FOR_BLOCKS.search(problem).choices()))
        .containsExactly("100 0.0");
    assertThat(problem.choice(new BitSet()).kept()).isEqualTo(bits(1));
  }

  /** A graph with two inputs, in which a step reads one or two values and makes one or two. */
  private static KeepProblem random(Random random) {
    var steps = new ArrayList<Computation>();
    int made = 2;
    while (made < VALUES) {
      int known = made;
      var operands =
          random.ints(1 + random.nextInt(2), Math.max(0, known - 4), known).boxed().distinct();
      var results = new ArrayList<Integer>(List.of(made++));
      if (made < VALUES && random.nextInt(5) == 0) {
        results.add(made++);
      }
      double flops = random.nextInt(12) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(10);
      steps.add(new Computation(flops, operands.toList(), results));
    }
    var bytes = random.longs(VALUES, 0, 20).boxed().toList();
    var needed = new BitSet();
    random.ints(4, 0, VALUES).forEach(needed::set);
    return new KeepProblem(steps, bytes, needed);
  }

  private static List<KeepChoice> all(KeepProblem problem) {
    return IntStream.range(0, 1 << VALUES)
        .mapToObj(set -> problem.choice(BitSet.valueOf(new long[] {set})))
        .toList();
  }

  private static List<String> points(List<KeepChoice> choices) {
    return choices.stream().map(c -> c.bytes() + " " + c.flops()).toList();
  }

  private static Computation step(double flops, int operand, int result) {
    return new Computation(flops, List.of(operand), List.of(result));
  }

  private static BitSet bits(int... set) {
    var bits = new BitSet();
    IntStream.of(set).forEach(bits::set);
    return bits;
  }
}
