package dev.weft.cli.command;

import dev.weft.backends.core.BundleWriter;
import dev.weft.backends.core.Existing;
import dev.weft.backends.torch.Bundle;
import dev.weft.backends.torch.Target;
import dev.weft.backends.torch.TorchBackend;
import dev.weft.cli.compile.Compilation;
import dev.weft.cli.render.CompileView;
import dev.weft.cli.render.Terminal;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Checked;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compile",
    description = "Write a model and its plan as a PyTorch program.",
    footer = {
      "%nThe directory is written whole or not at all. One that holds an unchanged bundle is"
          + " replaced;",
      "anything else in it is left alone, and reported, unless --force is given."
    })
final class CompileCommand implements Callable<Integer> {
  @Mixin private ModelArguments model = new ModelArguments();
  @Mixin private PlanArguments plan = new PlanArguments();
  @Mixin private DeviceOptions devices = new DeviceOptions();
  @Mixin private SearchArguments search = new SearchArguments();

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TARGET",
      converter = TargetName.class,
      description = "Where it runs: cuda, ascend or cpu.")
  private Target target = Target.CPU;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The directory of the program.")
  private String directory = "";

  @Option(names = "--force", description = "Replace the directory, whatever it holds.")
  private boolean force;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of weights and synthetic batches. Default: 0.")
  private long seed;

  @Mixin private OutputOptions output = new OutputOptions();

  private final Terminal terminal;

  CompileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var view =
        search
            .compilation(terminal, model, plan, devices.count(), model.options())
            .then(
                compilation ->
                    compilation
                        .step()
                        .then(
                            step -> compilation.uncached().then(u -> write(compilation, step, u))));
    return output.report(terminal).finish(view);
  }

  private Checked<CompileView> write(
      Compilation compilation, Module step, Optional<Module> uncached) {
    var existing = force ? Existing.OVERWRITE : Existing.KEEP;
    return TorchBackend.emit(bundle(compilation, step, uncached))
        .then(
            files ->
                BundleWriter.write(terminal.resolve(directory), files, existing)
                    .map(_ -> view(compilation, List.copyOf(files.keySet()))));
  }

  private CompileView view(Compilation compilation, List<String> files) {
    int devices = compilation.plan().mesh().devices();
    return new CompileView(directory, target.text(), devices, files);
  }

  private Bundle bundle(Compilation compilation, Module step, Optional<Module> uncached) {
    var checked = compilation.model();
    return new Bundle(
        target,
        checked.name(),
        fileName(),
        uncached.orElse(step),
        uncached.map(_ -> step),
        checked.module().only(),
        PlanJson.write(compilation.plan()),
        checked.recipe().optimizer(),
        checked.recipe().precision(),
        checked.recipe().batch(),
        seed);
  }

  /** The name alone: the bundle is the same, from wherever the file is compiled. */
  private String fileName() {
    var name = Path.of(model.file()).getFileName();
    return name == null ? model.file() : name.toString();
  }
}
