package dev.weft.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.price.KernelTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured kernels: the page of errors is fresh, and the errors stay what was reached. */
class ComputeErrorsTest {
  private static final Path ROOT = Path.of(System.getProperty("weft.root"));

  @Test
  void thePageIsFresh() throws IOException {
    assertThat(Files.readString(ComputeErrorsPage.path(ROOT)))
        .as("docs/compute-errors.md; ./dev bless writes it")
        .isEqualTo(ComputeErrorsPage.text(ROOT));
  }

  @ParameterizedTest
  @CsvSource({
    "a100-pcie-80, matmul,             0.02, 0.05",
    "a100-pcie-80, attention forward,  0.08, 0.08",
    "a100-pcie-80, attention backward, 0.08, 0.12",
    "a100-sxm4-40, matmul forward,     0.06, 0.07",
    "a100-sxm4-40, matmul input gradient, 0.06, 0.07",
    "a100-sxm4-40, dropout backward,   0.01, 0.01",
    "v100-sxm2-32, matmul forward,     0.08, 0.08",
    "v100-sxm2-32, matmul input gradient, 0.08, 0.08",
    "h100-sxm5-80, attention forward,  0.06, 0.07",
    "gh200-96,     matmul forward,            0.08, 0.10",
    "gh200-96,     matmul input gradient,     0.08, 0.10",
    "b200-sxm-180, matmul,             0.05, 0.10"
  })
  void errorsStaySmall(String device, String what, double median, double mean) throws IOException {
    var spread = ComputeErrorsPage.spread(ROOT, device, what::equals);
    assertThat(spread.median()).isLessThan(median);
    assertThat(spread.mean()).isLessThan(mean);
  }

  @Test
  void constantsOfOneDeviceFitAnotherOfItsKind() throws IOException {
    // The 16 GB part has the constants of the 32 GB part, and other people's measurements.
    var spread = ComputeErrorsPage.spread(ROOT, "v100-sxm2-16", "matmul forward"::equals);
    assertThat(spread.median()).isLessThan(0.10);
  }

  @Test
  void theBestOfASearchIsNotSlowerThanPredicted() throws IOException {
    for (var one : ComputeErrorsPage.all(ROOT)) {
      if (one.what().equals("best of a search")) {
        var times = new KernelTimes(Specs.named(DeviceSpec.class, one.device()).orThrow());
        assertThat(times.seconds(one.measurement().kernel()))
            .as(one.toString())
            .isGreaterThan(0.95 * one.measurement().seconds());
      }
    }
  }
}
