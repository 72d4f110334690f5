package dev.weft.cli.command;

import dev.weft.backends.core.BundleWriter;
import dev.weft.backends.core.Existing;
import dev.weft.backends.torch.DeviceBenchmark;
import dev.weft.cli.calibrate.BenchmarkRun;
import dev.weft.cli.render.BenchmarkView;
import dev.weft.cli.render.CalibrationView;
import dev.weft.cli.render.Terminal;
import dev.weft.cli.render.View;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.passes.calibrate.Calibration;
import dev.weft.passes.calibrate.Readings;
import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "calibrate",
    description = "Measure this machine's devices, and write them as a cluster spec.",
    footer = {
      "%nThe benchmark is a PyTorch program; WEFT_PYTHON names the Python that runs it (python3",
      "otherwise). docs/clusters.md says what it measures and how the constants are found."
    })
final class CalibrateCommand implements Callable<Integer> {
  private static final String PYTHON = "WEFT_PYTHON";

  /** Where the benchmark runs, other than here. */
  static final class Elsewhere {
    @Option(
        names = "--emit-only",
        paramLabel = "DIR",
        description = "Write the benchmark into a directory, to be run elsewhere.")
    private Optional<String> directory = Optional.empty();

    @Option(
        names = "--from",
        paramLabel = "RESULTS",
        description = "Read what the benchmark has measured elsewhere.")
    private Optional<String> results = Optional.empty();
  }

  @ArgGroup private Elsewhere elsewhere = new Elsewhere();

  @Option(
      names = "--device",
      paramLabel = "KIND",
      converter = DeviceName.class,
      description = "cuda, npu or cpu. Default: what there is, in this order.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--devices",
      paramLabel = "N",
      converter = Count.class,
      description = "How many devices. Default: all of this machine; of a CPU two processes.")
  private Optional<Integer> devices = Optional.empty();

  @Option(names = "--quick", description = "Few and small sizes: seconds instead of minutes.")
  private boolean quick;

  @Option(
      names = "--like",
      paramLabel = "DEVICE",
      description =
          "The shipped device whose data sheet is this one's. Default: peaks are derived from what"
              + " was measured.")
  private Optional<String> like = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Of the device and the cluster. Default: from what PyTorch calls the device.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the spec to a file instead of showing it.")
  private Optional<String> file = Optional.empty();

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  CalibrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return output
        .report(terminal)
        .finish(elsewhere.directory.map(this::emitted).orElseGet(this::calibrated));
  }

  private Checked<View> emitted(String directory) {
    return BundleWriter.write(terminal.resolve(directory), DeviceBenchmark.files(), Existing.KEEP)
        .map(_ -> new BenchmarkView(directory + "/" + DeviceBenchmark.FILE));
  }

  private Checked<View> calibrated() {
    return likeDevice()
        .then(known -> readings().map(readings -> calibration(readings, known)))
        .then(this::written);
  }

  private Checked<Optional<DeviceSpec>> likeDevice() {
    return like.<Checked<Optional<DeviceSpec>>>map(
            known -> Specs.named(DeviceSpec.class, new Source("--like", known)).map(Optional::of))
        .orElseGet(() -> Checked.ok(Optional.empty()));
  }

  private Checked<Readings> readings() {
    return elsewhere
        .results
        .map(results -> TextFile.read(terminal, results))
        .orElseGet(this::measured)
        .then(Readings::read);
  }

  private Checked<Source> measured() {
    var arguments = new ArrayList<String>();
    device.ifPresent(kind -> arguments.addAll(List.of("--device", kind)));
    devices.ifPresent(n -> arguments.addAll(List.of("--devices", Integer.toString(n))));
    if (quick) {
      arguments.add("--quick");
    }
    var python = Optional.ofNullable(System.getenv(PYTHON)).filter(path -> !path.isBlank());
    return new BenchmarkRun(python.orElse("python3"), arguments, this::progress).results();
  }

  private void progress(String line) {
    if (!output.isJson()) {
      terminal.err().println(line);
      terminal.err().flush();
    }
  }

  private Calibration calibration(Readings readings, Optional<DeviceSpec> known) {
    var called = name.orElseGet(() -> spelled(readings.device().name()));
    return Calibration.of(readings, called, known);
  }

  /** {@code NVIDIA A100-SXM4-80GB} as {@code nvidia-a100-sxm4-80gb}. */
  private static String spelled(String device) {
    return device.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private Checked<View> written(Calibration calibration) {
    Function<String, Checked<View>> toFile =
        to ->
            TextFile.write(terminal.resolve(to), calibration.json())
                .map(_ -> new CalibrationView(calibration, Optional.of(to)));
    return file.map(toFile)
        .orElseGet(() -> Checked.ok(new CalibrationView(calibration, Optional.empty())));
  }
}
