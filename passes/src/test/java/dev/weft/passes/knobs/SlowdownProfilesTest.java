package dev.weft.passes.knobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * 160 layers of BERT in three units each on 63 workers of different speed, as in Sky Computing (Zhu
 * et al. 2022), whose abstract reports 55% less training time than an even allocation: our profiles
 * of slowdowns lie on both sides of it.
 */
class SlowdownProfilesTest {
  private static final int UNITS = 480;
  private static final int WORKERS = 63;

  private static final String FROM_1_TO_4 =
      """
      1.481 2.717 2.131 1.969 3.060 3.917 3.900 3.014 3.490 2.379 1.951 2.628 2.804 3.739
      2.225 2.653 2.231 1.457 1.122 1.700 2.823 3.714 1.026 2.378 3.438 3.885 1.484 1.200
      1.448 1.981 2.096 2.774 1.140 3.774 2.992 2.607 3.962 2.293 1.896 3.247 3.426 3.151
      3.596 1.357 3.793 1.816 2.865 1.768 2.557 3.822 2.018 3.973 2.493 3.791 2.483 2.152
      3.446 1.857 3.430 1.850 2.118 3.266 2.145
      """;

  private static final String WHOLE_FROM_1_TO_6 =
      """
      1 3 5 3 6 6 2 6 1 1 4 1 3 3 2 6 2 5 4 6 5 5 6 1 3 6 5 3 4 1 6 1 4 1 5 4 3 4 3 1 1 5
      4 1 3 3 1 3 2 6 5 2 4 6 4 6 5 2 1 1 2 5 5
      """;

  private static final String FROM_1_TO_2 =
      """
      1.512 1.950 1.144 1.949 1.312 1.423 1.828 1.409 1.550 1.028 1.754 1.538 1.330 1.788
      1.303 1.453 1.134 1.403 1.203 1.262 1.750 1.280 1.485 1.981 1.962 1.725 1.541 1.277
      1.161 1.970 1.516 1.116 1.623 1.777 1.613 1.917 1.040 1.529 1.459 1.062 1.641 1.853
      1.593 1.260 1.840 1.509 1.511 1.753 1.148 1.820 1.683 1.787 1.192 1.802 1.191 1.082
      1.855 1.861 1.877 1.472 1.274 1.007 1.646
      """;

  @Test
  void theSlowestPlaceIsFasterThanWithAnEvenCut() {
    assertThat(saving(FROM_1_TO_4)).isCloseTo(0.412, within(0.005));
    assertThat(saving(WHOLE_FROM_1_TO_6)).isCloseTo(0.634, within(0.01));
    assertThat(saving(FROM_1_TO_2)).isCloseTo(0.254, within(0.005));
  }

  /** Where all units are alike, each place may have as many as it does in the time. */
  @Test
  void noTimeBelowIsEnough() {
    for (var profile : List.of(FROM_1_TO_4, WHOLE_FROM_1_TO_6, FROM_1_TO_2)) {
      var problem = problem(profile);
      double time = AllocationSearch.best(problem).orElseThrow().time();
      assertThat(unitsWithin(problem, time)).isGreaterThanOrEqualTo(UNITS);
      assertThat(unitsWithin(problem, Math.nextDown(time))).isLessThan(UNITS);
    }
  }

  private static long unitsWithin(AllocationProblem problem, double time) {
    return IntStream.range(0, WORKERS)
        .mapToLong(
            place ->
                IntStream.rangeClosed(1, UNITS)
                    .filter(n -> problem.fits(place, new LayerCost(100L * n, 0), time))
                    .count())
        .sum();
  }

  /** By how much of the even cut's time the best one is shorter. */
  private static double saving(String slowdowns) {
    var problem = problem(slowdowns);
    var even = new LayerCut(Collections.nCopies(UNITS, "units"), 0).evenly(WORKERS);
    return 1 - AllocationSearch.best(problem).orElseThrow().time() / problem.time(even);
  }

  private static AllocationProblem problem(String slowdowns) {
    var speeds =
        Arrays.stream(slowdowns.strip().split("\\s+"))
            .map(slowdown -> 1 / Double.parseDouble(slowdown))
            .toList();
    return new AllocationProblem(
        Collections.nCopies(UNITS, new LayerCost(100, 0)),
        Collections.nCopies(WORKERS, LayerCost.NONE),
        IntStream.range(0, WORKERS).boxed().toList(),
        speeds,
        Collections.nCopies(WORKERS, Long.MAX_VALUE));
  }
}
