package dev.weft.cli.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where the benchmark does not come to its end. */
class BenchmarkRunTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aMissingPythonIsSaid() {
    var missing = folder.resolve("python").toString();
    assertThat(new BenchmarkRun(missing, List.of(), _ -> {}).results().diagnostics())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo(CalibrateCode.NO_PYTHON);
              assertThat(found.message()).contains(missing);
            });
  }

  /** Its own words are passed on. */
  @Test
  void aFailureIsSaid() throws IOException {
    var lines = new ArrayList<String>();
    var python = script("echo there is no torch >&2; exit 3");
    assertThat(new BenchmarkRun(python, List.of(), lines::add).results().diagnostics())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo(CalibrateCode.BENCHMARK_FAILED);
              assertThat(found.message()).contains("status 3");
            });
    assertThat(lines).containsExactly("there is no torch");
  }

  @Test
  void theArgumentsReachTheProgram() throws IOException {
    var python = script("shift; echo \"$@\" > results.json");
    var results = new BenchmarkRun(python, List.of("--quick"), _ -> {}).results();
    assertThat(results.orThrow().text()).isEqualTo("--out results.json --quick\n");
  }

  private String script(String text) throws IOException {
    var file = folder.resolve("python.sh");
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }
}
