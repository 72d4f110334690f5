package dev.weft.testsuite.models;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
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
import java.util.Collections;
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

  /**
   * How far a plan's run is from the serial one, which collectives it took, and the peak of each
   * device.
   */
  record Parallel(
      Comparison comparison,
      Set<String> collectives,
      List<Long> peakBytes,
      List<Long> predictedPeakBytes) {}

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
    var run = run(plan);
    return run.comparison().passed(tolerance) && run.predictedPeakBytes().equals(run.peakBytes());
  }

  Parallel run(PlanChoice plan) {
    var compilation = Compilation.of(source, options, plan).orThrow();
    var step = compilation.step().orThrow();
    var run = new TrainingRun(step, new Grid(step.mesh()), weights);
    var comparison = new Comparison();
    for (int i = 0; i < STEPS; i++) {
      comparison.add(run.next(batches.batch(i + 1)), steps.get(i));
    }
    return new Parallel(
        comparison, run.traffic().keySet(), run.peakMemoryBytes(), predictedPeakBytes(step));
  }

  private static List<Long> predictedPeakBytes(Module step) {
    return MemoryUse.ofDevices(step).stream().map(MemoryUse::peakBytes).toList();
  }

  /**
   * A plan with a budget halfway between what it takes without computing anything again and the
   * least that it can do with.
   *
   * @param knobs that end in {@code remat=budget}
   */
  String withHalfTheRoom(String knobs) {
    var plan = knobs.substring(0, knobs.lastIndexOf(",remat="));
    long most = peakBytes(plan);
    long full = peakBytes(plan + ",remat=full");
    long least = full < most ? full : leastBytes(knobs);
    return knobs + ":" + (least + (most - least) / 2);
  }

  private long peakBytes(String knobs) {
    var step = Compilation.of(source, options, PlanChoice.knobs(knobs)).orThrow().step().orThrow();
    return Collections.max(predictedPeakBytes(step));
  }

  /** What the refusal of a byte names. */
  private long leastBytes(String knobs) {
    var refusal =
        Compilation.of(source, options, PlanChoice.knobs(knobs + ":1"))
            .then(Compilation::step)
            .diagnostics()
            .getLast()
            .message();
    return Long.parseLong(refusal.replaceAll(".*nearest legal budget is ", ""));
  }
}
