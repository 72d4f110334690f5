package dev.weft.bench;

import dev.weft.cli.pricing.ModelWorkloads;
import dev.weft.cli.pricing.PlannedModel;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.search.Outcome;
import dev.weft.passes.search.Search;
import dev.weft.passes.search.Target;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The best plan of a large model, from its source: workloads, bounds, schedules, simulations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 5)
public class PlanBenchmark {
  @Benchmark
  public Outcome gpt3On64A100() {
    return plan("gpt3.weft", "175b", "dgx-a100-80", 64);
  }

  @Benchmark
  public Outcome gpt3On1024A100() {
    return plan("gpt3.weft", "175b", "dgx-a100-80", 1024);
  }

  @Benchmark
  public Outcome llama3On1024H100() {
    return plan("llama3.weft", "405b", "dgx-h100", 1024);
  }

  private static Outcome plan(String file, String preset, String cluster, int devices) {
    Source source = Models.example(file);
    var model = PlannedModel.of(ModelWorkloads.of(source, Options.preset(preset)).orThrow());
    var software = Specs.named(SoftwareSpec.class, "weft").orThrow();
    var target =
        new Target(Clusters.named(cluster).orThrow(), devices, software, Target.USUAL_USABLE);
    return Search.run(model, target);
  }
}
