package dev.weft.bench;

import dev.weft.frontend.check.Options;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.passes.knobs.PlanFromKnobs;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.pipeline.Pipelines;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Llama 2 70B from source to the training step of one device, against layers and devices. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CompileBenchmark {
  /** Layers of the model. */
  @Param({"8", "80"})
  public int layers;

  /** Devices: eight share the tensors, the rest are replicas. */
  @Param({"8", "64", "1024"})
  public int devices;

  private final Source source = Models.example("llama2.weft");

  /** Source to lowered training step. */
  @Benchmark
  public Module compile() {
    var options =
        Options.preset("70b")
            .with("layers", Integer.toString(layers))
            .with("batch", Integer.toString(devices / 8));
    var model = Models.checked(source, options);
    var forward = model.module().only();
    var knobs = new Knobs(devices / 8, 8, true, 1, 1);
    var plan = PlanFromKnobs.make(knobs, forward, Recipe.BATCH_AXIS, Span.NONE).orThrow();
    var micro = MicroBatching.of(forward, Recipe.BATCH_AXIS, 1).orThrow();
    return Pipelines.parallelize(
            plan, model.recipe().optimizer(), micro, forward.outputs(), Optional.empty())
        .run(model.module())
        .orThrow();
  }
}
