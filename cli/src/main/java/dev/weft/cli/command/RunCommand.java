package dev.weft.cli.command;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.render.ProgressBar;
import dev.weft.cli.render.RunView;
import dev.weft.cli.render.Terminal;
import dev.weft.cli.training.Training;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Checked;
import dev.weft.ir.type.DType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = "Train a model on virtual devices of this machine.",
    footer = {
      "%nWith --check the loss, outputs, gradients and update of every step are compared with a"
          + " serial",
      "step on one device from the same weights. They must agree to a relative error of 1e-12 in"
          + " f64,",
      "and of 5.4e-4 (as many unit roundoffs) in f32; otherwise the exit status is 1."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ModelArguments model = new ModelArguments();
  @Mixin private PlanArguments plan = new PlanArguments();
  @Mixin private DeviceOptions devices = new DeviceOptions();
  @Mixin private SearchArguments search = new SearchArguments();

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Count.class,
      description = "How many steps are trained. Default: 1.")
  private int steps = 1;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A text whose bytes are the tokens. Default: random batches.")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      converter = PrecisionName.class,
      description = "Compute in f64, f32, bf16 or f16. Default: as the model says.")
  private Optional<DType> precision = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of weights and random batches. Default: 0.")
  private long seed;

  @Option(names = "--check", description = "Prove every step equal to a serial run.")
  private boolean check;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = Count.class,
      description = "How long a device may wait for others. Default: 60.")
  private int timeout = 60;

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return output.report(terminal).finish(compilation().then(this::train));
  }

  private Checked<Compilation> compilation() {
    return search.compilation(terminal, model, plan, devices.count(), options());
  }

  private Options options() {
    return precision.map(model.options()::with).orElse(model.options());
  }

  private Checked<RunView> train(Compilation compilation) {
    return text()
        .then(
            text -> {
              try (var bar = new ProgressBar(terminal, steps, isWatched())) {
                return training(text).run(compilation, bar::advance);
              }
            })
        .map(result -> new RunView(compilation.model(), compilation.plan(), result));
  }

  private ProgressBar.Audience isWatched() {
    return terminal.is(Terminal.Trait.ERR_IS_SCREEN) && !output.isJson()
        ? ProgressBar.Audience.PERSON
        : ProgressBar.Audience.NOBODY;
  }

  private Training training(Optional<byte[]> text) {
    var proof = check ? Training.Proof.SERIAL : Training.Proof.NONE;
    return new Training(steps, seed, text, proof, Duration.ofSeconds(timeout));
  }

  private Checked<Optional<byte[]>> text() {
    return data.map(file -> TextFile.bytes(terminal, file).map(Optional::of))
        .orElse(Checked.ok(Optional.empty()));
  }
}
