package dev.weft.passes.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastDeviationsTest {
  private static final int COUNT = 60;

  /** Seconds of work of some size: a rate and a delay, on which the small and the large depend. */
  private static double seconds(double rate, double delay, int i) {
    return (1 + i) / rate + delay;
  }

  private static Function<double[], double[]> errors(double[] measured) {
    return point ->
        IntStream.range(0, COUNT)
            .mapToDouble(i -> Math.log(seconds(point[0], point[1], i) / measured[i]))
            .toArray();
  }

  private static double[] measured() {
    return IntStream.range(0, COUNT).mapToDouble(i -> seconds(7, 0.4, i)).toArray();
  }

  private static LeastDeviations search(double[] measured, double greatestRate, double tie) {
    var weights = new double[COUNT];
    Arrays.fill(weights, 1);
    return new LeastDeviations(
        errors(measured),
        weights,
        new double[] {0.1, 1e-6},
        new double[] {greatestRate, 10},
        new double[] {2, 0.1},
        new double[] {tie, tie});
  }

  @Test
  void findsWhatMadeTheMeasurements() {
    double[] found = search(measured(), 100, 0).minimize(new double[] {1, 0.01});
    assertThat(found[0]).isCloseTo(7, within(1e-3));
    assertThat(found[1]).isCloseTo(0.4, within(1e-3));
  }

  @Test
  void aFewMeasurementsThatNothingExplainsDoNotDecide() {
    double[] measured = measured();
    for (int i = 0; i < COUNT; i += 10) {
      measured[i] *= 50;
    }
    double[] found = search(measured, 100, 0).minimize(new double[] {1, 0.01});
    assertThat(found[0]).isCloseTo(7, within(0.05));
    assertThat(found[1]).isCloseTo(0.4, within(0.01));
  }

  @Test
  void theOthersMakeUpForALimit() {
    double[] found = search(measured(), 5, 0).minimize(new double[] {1, 0.01});
    assertThat(found[0]).isEqualTo(5);
    assertThat(found[1]).isLessThan(0.3);
  }

  @Test
  void tiesPullTowardsWhatIsExpected() {
    var free = search(measured(), 100, 0);
    double loose = free.minimize(new double[] {1, 0.01})[0];
    double tied = search(measured(), 100, 0.5).minimize(new double[] {1, 0.01})[0];
    double fast = search(measured(), 100, 1e4).minimize(new double[] {1, 0.01})[0];
    assertThat(tied).isBetween(2.0, loose);
    assertThat(fast).isCloseTo(2, within(0.01));
    assertThat(free.cost(new double[] {loose, 0.4})).isLessThan(free.cost(new double[] {2, 0.1}));
  }
}
