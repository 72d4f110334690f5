package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorStatisticsTest {
  @Test
  void theBiasHasASignAndTheRestHasNone() {
    var errors = ErrorStatistics.of(List.of(-0.4, 0.1, 0.2, -0.3, 0.0)).orElseThrow();
    assertThat(errors.rows()).isEqualTo(5);
    assertThat(errors.bias()).isCloseTo(-0.08, within(1e-12));
    assertThat(errors.mean()).isCloseTo(0.2, within(1e-12));
    assertThat(errors.median()).isCloseTo(0.2, within(1e-12));
    assertThat(errors.p90()).isCloseTo(0.36, within(1e-12));
    assertThat(errors.worst()).isEqualTo(0.4);
  }

  @Test
  void quantilesLieBetweenTheNearestValues() {
    double[] values = {1, 2, 4};
    assertThat(ErrorStatistics.quantile(values, 0)).isEqualTo(1);
    assertThat(ErrorStatistics.quantile(values, 0.25)).isEqualTo(1.5);
    assertThat(ErrorStatistics.quantile(values, 0.75)).isEqualTo(3);
    assertThat(ErrorStatistics.quantile(values, 1)).isEqualTo(4);
  }

  @Test
  void nothingHasNoErrors() {
    assertThat(ErrorStatistics.of(List.of())).isEmpty();
  }
}
