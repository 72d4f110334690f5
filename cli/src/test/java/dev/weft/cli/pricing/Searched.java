package dev.weft.cli.pricing;

import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.search.Target;
import dev.weft.passes.simulate.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Models and targets of the tests. */
final class Searched {
  private static final String BATCH = "8";

  private Searched() {}

  /** GPT-3 1.3B with few layers and a small batch. */
  static PlannedModel small(int layers) {
    var sizes = Map.of("layers", Integer.toString(layers), "batch", BATCH);
    return model("gpt3.weft", new Options(Optional.of("1.3b"), sizes, Optional.empty()));
  }

  /** Mixtral 8x7B with few layers and a small batch. */
  static PlannedModel experts(int layers) {
    var sizes = Map.of("layers", Integer.toString(layers), "batch", BATCH);
    return model("mixtral.weft", new Options(Optional.of("8x7b"), sizes, Optional.empty()));
  }

  static PlannedModel model(String file, String preset) {
    return model(file, Options.preset(preset));
  }

  private static PlannedModel model(String file, Options options) {
    return PlannedModel.of(ModelWorkloads.of(source(file), options).orThrow());
  }

  private static Source source(String name) {
    var file = Path.of(System.getProperty("weft.root")).resolve("examples").resolve(name);
    try {
      return new Source(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Target target(String cluster, int devices, double usable) {
    var software = Specs.named(SoftwareSpec.class, "weft").orThrow();
    return new Target(Clusters.named(cluster).orThrow(), devices, software, usable);
  }

  static Plan plan(PlannedModel model, String knobs) {
    return model.plan(KnobsParser.parse(new Source("knobs", knobs)).orThrow()).orThrow();
  }

  static Job job(PlannedModel model, Target target, Plan plan) {
    return new Job(
        model.workload(plan).orThrow(),
        plan,
        target.cluster(),
        target.software(),
        model.precision(),
        model.tokens());
  }
}
