package dev.weft.testsuite.remat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.remat.RecomputeCost;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.StepResult;
import dev.weft.runtime.train.TrainingRun;
import dev.weft.runtime.train.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

/** An example of the repository in float64, with changed constants. */
record Model(String name, Map<String, String> constants) {
  private static final int STEPS = 2;

  /** A result, and what it took on the device that used most. */
  record Measured(StepResult result, long peakBytes) {}

  /** The training step under a plan. */
  Module step(String knobs) {
    return tried(knobs).orThrow();
  }

  /** As {@link #step}, where the plan may be refused. */
  Checked<Module> tried(String knobs) {
    return compilation(knobs).then(Compilation::step);
  }

  private Checked<Compilation> compilation(String knobs) {
    var options = Options.preset("tiny").with(DType.F64);
    for (var entry : constants.entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    return Compilation.of(source(), options, PlanChoice.knobs(knobs));
  }

  private Source source() {
    var path = Path.of(System.getProperty("weft.root"), "examples", name + ".weft");
    try {
      return new Source(path.toString(), Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The second step of a run: its weights are those that the first one made. */
  Measured run(String knobs) {
    var step = step(knobs);
    var whole = compilation(knobs).orThrow().forward().only();
    var run = new TrainingRun(step, new Grid(step.mesh()), Weights.initial(whole, 0));
    var batches = Batches.synthetic(whole, 0);
    for (int i = 1; i < STEPS; i++) {
      run.next(batches.batch(i));
    }
    var result = run.next(batches.batch(STEPS));
    return new Measured(result, Collections.max(run.peakMemoryBytes()));
  }

  static long predictedPeakBytes(Module step) {
    return MemoryUse.ofDevices(step).stream().mapToLong(MemoryUse::peakBytes).max().orElseThrow();
  }

  /** What running a step costs, by the measure that the pass minimises. */
  static double flops(Module step) {
    return step.only().body().nodes().stream().mapToDouble(RecomputeCost::flops).sum();
  }

  /** Whether two tensors agree in every bit. */
  static boolean identical(Tensor a, Tensor b) {
    return a.type().equals(b.type()) && Arrays.equals(a.toArray(), b.toArray());
  }
}
