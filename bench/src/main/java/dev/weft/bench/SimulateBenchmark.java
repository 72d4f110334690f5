package dev.weft.bench;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.pricing.ModelWorkloads;
import dev.weft.cli.pricing.Pricing;
import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.simulate.StepPrice;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * GPT-3 175B, with 128 layers so that they make 16 places of 8 chunks, with 256 micro-batches: a
 * step is 65,536 pieces of work. Eight devices share the tensors, the rest are replicas.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SimulateBenchmark {
  private static final int MICRO_BATCHES = 256;

  @Param({"128", "16384"})
  public int devices;

  private final Source source = Models.example("gpt3.weft");
  private final Pricing pricing = new Pricing();
  private final Cluster cluster = Clusters.named("dgx-a100-80").orThrow();
  private final SoftwareSpec software = Specs.named(SoftwareSpec.class, "weft").orThrow();
  private ModelWorkloads workloads = workloads(1);
  private Plan plan = Plan.SERIAL;

  /** Compiles the micro-batch and makes the schedule, which all prices of one shape share. */
  @Setup
  public void prepare() {
    int replicas = devices / 128;
    workloads = workloads(replicas);
    var knobs =
        "pp=16,schedule=interleaved,chunks=8,dp=%d,tp=8,sp,micro=%d,zero=1,remat=selective"
            .formatted(replicas, MICRO_BATCHES);
    plan = Compilation.of(source, options(replicas), PlanChoice.knobs(knobs)).orThrow().plan();
    price();
  }

  private ModelWorkloads workloads(int replicas) {
    return ModelWorkloads.of(source, options(replicas)).orThrow();
  }

  private static Options options(int replicas) {
    return Options.preset("175b")
        .with("layers", "128")
        .with("vocab", "51200")
        .with("batch", Integer.toString(replicas * MICRO_BATCHES));
  }

  /** A step is simulated; workload and schedule are there. */
  @Benchmark
  public StepPrice price() {
    return pricing.price(workloads, plan, cluster, software).orThrow();
  }

  /** The schedule is made and proved sound, as for the first price of its shape. */
  @Benchmark
  public Schedule schedule() {
    return Schedules.of(plan.pipeline().orElseThrow(), MICRO_BATCHES).orThrow();
  }
}
