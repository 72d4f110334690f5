package dev.weft.testsuite.models;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.graph.Function;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.Comparison;
import dev.weft.runtime.train.SerialRun;
import dev.weft.runtime.train.StepResult;
import dev.weft.runtime.train.TrainingRun;
import dev.weft.runtime.train.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model with the steps of its serial run, with which every plan's run is compared. */
final class Truth {
  /** The second step starts from weights that the first has updated. */
  private static final int STEPS = 2;

  private static final long SEED = 0;
  private final Source source;
  private final Options options;
  private final Map<String, Tensor> weights;
  private final Batches batches;
  private final List<StepResult> steps = new ArrayList<>();

  Truth(Source source, Options options) {
    this.source = source;
    this.options = options;
    var serial = Compilation.of(source, options, PlanChoice.SERIAL).orThrow();
    Function whole = serial.forward().only();
    weights = Weights.initial(whole, SEED);
    batches = Batches.synthetic(whole, SEED);
    var optimizer = serial.model().recipe().optimizer();
    var run = new SerialRun(serial.grads().orThrow().only(), optimizer, weights);
    for (int step = 1; step <= STEPS; step++) {
      steps.add(run.next(batches.batch(step)));
    }
  }

  /** How far a plan's run is from the serial one, and which collectives it took. */
  record Parallel(Comparison comparison, Set<String> collectives) {}

  Parallel run(String knobs) {
    return run(PlanChoice.knobs(knobs));
  }

  /** The loss of the first step of the serial run. */
  double firstLoss() {
    return steps.getFirst().loss();
  }

  /** The codes of the diagnostics with which a plan is refused; none where it is not. */
  List<String> refusals(PlanChoice plan) {
    return Compilation.of(source, options, plan).then(Compilation::step).diagnostics().stream()
        .filter(Diagnostic::isError)
        .map(d -> d.code().id())
        .toList();
  }

  /** Whether a plan's run is near the serial one, in the memory that its text predicts. */
  boolean isAsPredicted(PlanChoice plan, double tolerance) {
    var step = Compilation.of(source, options, plan).then(Compilation::step).orThrow();
    var run = new TrainingRun(step, new Grid(step.mesh()), weights);
    var comparison = new Comparison();
    for (int i = 0; i < STEPS; i++) {
      comparison.add(run.next(batches.batch(i + 1)), steps.get(i));
    }
    var predicted = MemoryUse.ofDevices(step).stream().map(MemoryUse::peakBytes).toList();
    return comparison.passed(tolerance) && predicted.equals(run.peakMemoryBytes());
  }

  Parallel run(PlanChoice plan) {
    var compilation = Compilation.of(source, options, plan).orThrow();
    var step = compilation.step().orThrow();
    var run = new TrainingRun(step, new Grid(step.mesh()), weights);
    var comparison = new Comparison();
    for (int i = 0; i < STEPS; i++) {
      comparison.add(run.next(batches.batch(i + 1)), steps.get(i));
    }
    return new Parallel(comparison, run.traffic().keySet());
  }
}
