package dev.weft.passes.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shipped links against what others measured: the figures of docs/cost-model.md, which
 * bench/fit/communication.py prints.
 */
class MeasurementTest {
  private static final long LARGE = 32L << 20;

  @ParameterizedTest
  @CsvSource({
    "vTrain,                     nvlink3,                      all-reduce,      4.0",
    "Aceso,                      nvlink3,                      all-reduce,      6.0",
    "Aceso,                      nvlink3,                      transfer,        4.0",
    "vTrain,                     nvlink2-cube-mesh,            all-reduce,      5.5",
    "Aceso,                      nvlink2-cube-mesh,            all-reduce,      11",
    "HGX B200 acceptance report, nvlink5,                      all-reduce,      10",
    "HGX B200 acceptance report, nvlink5,                      all-gather,      4.0",
    "HGX B200 acceptance report, nvlink5,                      reduce-scatter,  4.0",
    "HGX B200 acceptance report, nvlink5,                      all-to-all,      5.0",
    "HGX B200 acceptance report, nvlink5+ib-ndr-400,           reduce-scatter,  17",
    "dstack,                     nvlink4+ib-ndr-400,           all-reduce,      9",
    "AKS exercise,               nvlink3+ib-hdr-200,           all-reduce,      1.5",
    "OCI tutorial,               nvlink3+roce-100,             all-reduce,      3.0",
    "Ultra-Scale Playbook,       nvlink4+efa-400-contended,    all-reduce,      13",
    "Ultra-Scale Playbook best tenth, nvlink4+efa-400,         all-reduce,      5.0",
    "BigScience,                 nvlink2-mesh-4+omni-path-100, all-reduce,      1.0",
  })
  void largeMessagesTakeAsLongAsMeasured(
      String source, String fabric, String collective, double percent) throws IOException {
    List<Measurement> rows =
        Measurement.all().stream()
            .filter(row -> row.source().equals(source) && row.isOn(fabric))
            .filter(row -> row.collective().equals(collective) && row.form().equals("plain"))
            .filter(row -> row.bytes() >= LARGE)
            .toList();
    assertThat(rows).hasSizeGreaterThan(1);
    assertThat(100 * meanError(rows)).isLessThan(percent);
  }

  @Test
  void smallMessagesTakeAboutAsLongAsMeasured() throws IOException {
    List<Measurement> rows =
        Measurement.all().stream()
            .filter(row -> row.form().equals("plain") && row.bytes() < LARGE)
            .filter(row -> !row.collective().equals("transfer"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(100);
    assertThat(100 * meanError(rows)).isLessThan(12);
  }

  private static double meanError(List<Measurement> rows) {
    return rows.stream().mapToDouble(row -> Math.abs(row.error())).average().orElseThrow();
  }
}
