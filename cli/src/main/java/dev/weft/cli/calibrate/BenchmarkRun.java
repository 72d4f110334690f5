package dev.weft.cli.calibrate;

import dev.weft.backends.torch.DeviceBenchmark;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the benchmark in a process of its own.
 *
 * @param python the interpreter
 * @param arguments of the benchmark
 * @param progress takes each line that it writes
 */
public record BenchmarkRun(String python, List<String> arguments, Consumer<String> progress) {
  private static final String RESULTS = "results.json";

  public BenchmarkRun {
    arguments = List.copyOf(arguments);
  }

  /** Its results. */
  public Checked<Source> results() {
    try {
      var folder = Files.createTempDirectory("weft-calibrate");
      try {
        return results(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Checked<Source> results(Path folder) throws IOException {
    for (var file : DeviceBenchmark.files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    var words = new ArrayList<>(List.of(python, DeviceBenchmark.FILE, "--out", RESULTS));
    words.addAll(arguments);
    try {
      var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
      int status = ended(builder.start());
      return status == 0
          ? Checked.ok(new Source(RESULTS, Files.readString(folder.resolve(RESULTS))))
          : failed(CalibrateCode.BENCHMARK_FAILED, "it ended with status " + status);
    } catch (IOException _) {
      return failed(CalibrateCode.NO_PYTHON, "there is no program `" + python + "`");
    }
  }

  /** Waits for the end; the process ends with us. */
  private int ended(Process process) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(progress);
      return process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Checked<Source> failed(CalibrateCode code, String message) {
    return Checked.failed(Diagnostic.of(code, Span.NONE, message));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
