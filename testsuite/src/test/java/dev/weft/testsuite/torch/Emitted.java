package dev.weft.testsuite.torch;

import dev.weft.backends.core.BundleWriter;
import dev.weft.backends.core.Existing;
import dev.weft.backends.torch.Bundle;
import dev.weft.backends.torch.Target;
import dev.weft.backends.torch.TorchBackend;
import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.cost.MemoryUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An example of the repository, tiny, compiled by a plan and written as a bundle. It trains by
 * plain gradient descent in float64, whose rounding errors stay comparable over steps.
 */
record Emitted(Path directory, String model, String knobs, Compilation compilation) {
  private static final String DESCENT = "sgd(lr: 0.1)";
  private static final Path ROOT = Path.of(System.getProperty("weft.root"));

  static Emitted into(Path folder, String model, String knobs) throws IOException {
    return into(folder, model, knobs, Map.of());
  }

  /**
   * As {@link #into(Path, String, String)}, with other constants of the model.
   *
   * @param constants the batch and the model's own, by name
   */
  static Emitted into(Path folder, String model, String knobs, Map<String, String> constants)
      throws IOException {
    return into(folder, model, knobs, PlanChoice.knobs(knobs), constants, DESCENT, DType.F64);
  }

  /**
   * As {@link #into(Path, String, String, Map)}, with a budget.
   *
   * @param percent of the peak without computing anything again
   */
  static Emitted withBudget(
      Path folder, String model, String knobs, int percent, Map<String, String> constants)
      throws IOException {
    var step = into(folder, model, knobs, constants).compilation().step().orThrow();
    long most =
        MemoryUse.ofDevices(step).stream().mapToLong(MemoryUse::peakBytes).max().orElseThrow();
    return into(folder, model, knobs + ",remat=budget:" + most * percent / 100, constants);
  }

  /** As {@link #into(Path, String, String)}, by a plan that has a name here. */
  static Emitted into(Path folder, String model, String name, PlanChoice plan) throws IOException {
    return into(folder, model, name, plan, Map.of(), DESCENT, DType.F64);
  }

  /** As {@link #into(Path, String, String)}, with another optimizer. */
  static Emitted into(Path folder, String model, String knobs, String optimizer)
      throws IOException {
    return into(folder, model, knobs, optimizer, DType.F64);
  }

  /** As {@link #into(Path, String, String)}, with another optimizer, in another precision. */
  static Emitted into(Path folder, String model, String knobs, String optimizer, DType precision)
      throws IOException {
    return into(folder, model, knobs, PlanChoice.knobs(knobs), Map.of(), optimizer, precision);
  }

  private static Emitted into(
      Path folder,
      String model,
      String knobs,
      PlanChoice plan,
      Map<String, String> constants,
      String optimizer,
      DType precision)
      throws IOException {
    var file = model + ".weft";
    var text = Files.readString(ROOT.resolve("examples").resolve(file));
    var recipe = text.replaceAll("optimizer = \\w+\\([^)]*\\)", "optimizer = " + optimizer);
    var options = Options.preset("tiny").with("batch", "8").with(precision);
    for (var constant : constants.entrySet()) {
      options = options.with(constant.getKey(), constant.getValue());
    }
    return into(folder, new Source(file, recipe), options, knobs, plan);
  }

  /** A model of a test's own, by a plan. */
  static Emitted into(Path folder, Source source, String knobs) throws IOException {
    return into(folder, source, Options.NONE, knobs, PlanChoice.knobs(knobs));
  }

  private static Emitted into(
      Path folder, Source source, Options options, String knobs, PlanChoice plan)
      throws IOException {
    var compilation = Compilation.of(source, options, plan).orThrow();
    var checked = compilation.model();
    var step = compilation.step().orThrow();
    var uncached = compilation.uncached().orThrow();
    var bundle =
        new Bundle(
            Target.CPU,
            checked.name(),
            source.name(),
            uncached.orElse(step),
            uncached.map(_ -> step),
            checked.module().only(),
            PlanJson.write(compilation.plan()),
            checked.recipe().optimizer(),
            checked.recipe().precision(),
            checked.recipe().batch(),
            0);
    var model = source.name().replace(".weft", "");
    var directory = folder.resolve(model + "-" + knobs.replaceAll("[=,:]", ""));
    BundleWriter.write(directory, TorchBackend.emit(bundle).orThrow(), Existing.KEEP).orThrow();
    return new Emitted(directory, model, knobs, compilation);
  }

  int ranks() {
    return compilation.plan().mesh().devices();
  }

  /** A file or directory of the bundle's own outside of it. */
  Path beside(String name) {
    return directory.resolveSibling(directory.getFileName() + "." + name);
  }

  /** The bundle's files in another directory, to be changed. */
  Path copy(Path to) throws IOException {
    Files.createDirectory(to);
    try (var files = Files.list(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  Python.Command command(String... words) {
    return new Python.Command(directory, words);
  }

  @Override
  public String toString() {
    return model + " " + knobs;
  }
}
