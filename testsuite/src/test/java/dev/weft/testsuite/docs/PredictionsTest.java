package dev.weft.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.validate.Judged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Well-known runs: the page is fresh, and the errors stay what was reached. */
class PredictionsTest {
  private static final Path ROOT = Path.of(System.getProperty("weft.root"));

  @Test
  void thePageIsFresh() throws IOException {
    assertThat(Files.readString(PredictionsPage.path(ROOT)))
        .as("docs/predictions.md; ./dev bless writes it")
        .isEqualTo(PredictionsPage.text(ROOT));
  }

  @ParameterizedTest
  @CsvSource({
    "Korthikanti, 0.04, 0.09",
    "MegaScale, 0.04, 0.12",
    "PTD parallelism, 0.04, 0.09",
    "Zero Bubble, 0.04, 0.12",
    "Megatron-Bridge, 0.09, 0.22",
    "NeMo performance, 0.12, 0.4"
  })
  void errorsStaySmall(String source, double mean, double worst) throws IOException {
    assertErrors(known(source, false), mean, worst);
  }

  /** No constant was fitted to them. */
  @ParameterizedTest
  @CsvSource({"Megatron-Bridge, 0.16, 1.0", "MoE Model Zoo, 0.15, 0.3", "MindSpeed, 0.15, 0.15"})
  void errorsOfExpertsStayWhatTheyAre(String source, double mean, double worst) throws IOException {
    assertErrors(known(source, true), mean, worst);
  }

  private static List<Judged> known(String source, boolean hasExperts) throws IOException {
    return PredictionsPage.known(ROOT).stream()
        .filter(j -> j.row().run().source().contains(source) && j.hasExperts() == hasExperts)
        .toList();
  }

  private static void assertErrors(List<Judged> runs, double mean, double worst) {
    var errors =
        runs.stream().map(Judged::timeError).mapToDouble(OptionalDouble::orElseThrow).toArray();
    assertThat(errors).isNotEmpty();
    assertThat(Arrays.stream(errors).map(Math::abs).average().orElseThrow()).isLessThan(mean);
    assertThat(Arrays.stream(errors).map(Math::abs).max().orElseThrow()).isLessThan(worst);
  }
}
