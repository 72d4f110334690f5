package dev.weft.cli.training;

import dev.weft.cli.compile.Compilation;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.grid.GridTimeout;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.Comparison;
import dev.weft.runtime.train.SerialRun;
import dev.weft.runtime.train.StepResult;
import dev.weft.runtime.train.TrainingRun;
import dev.weft.runtime.train.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a compiled model for some steps, on the devices of its plan, and if asked also serially.
 *
 * @param steps how many
 * @param seed of weights and synthetic batches
 * @param text what feeds the inputs that text feeds; empty: they are synthetic
 * @param proof whether every step is compared with the serial run
 * @param timeout how long a device may wait for others
 */
public record Training(int steps, long seed, Optional<byte[]> text, Proof proof, Duration timeout) {
  /** Whether a run is compared with the serial one. */
  public enum Proof {
    NONE,
    SERIAL
  }

  /** Looks on while a run goes on. */
  @FunctionalInterface
  public interface Watcher {
    /** After a step, counted from 1. */
    void finished(int step, double loss);
  }

  /** Some steps on synthetic batches, with proof. */
  public static Training proved(int steps) {
    return new Training(steps, 0, Optional.empty(), Proof.SERIAL, Grid.DEFAULT_TIMEOUT);
  }

  public Checked<TrainingResult> run(Compilation compilation) {
    return run(compilation, (_, _) -> {});
  }

  public Checked<TrainingResult> run(Compilation compilation, Watcher watcher) {
    return Feasibility.check(compilation, text)
        .then(_ -> compilation.step())
        .then(step -> Feasibility.check(step, compilation).map(_ -> step))
        .then(step -> run(compilation, step, watcher));
  }

  private Checked<TrainingResult> run(Compilation compilation, Module step, Watcher watcher) {
    var whole = compilation.model().module().only();
    var weights = Weights.initial(whole, seed);
    var parallel = new TrainingRun(step, new Grid(step.mesh(), timeout), weights);
    var predicted = Prediction.of(step, steps);
    try {
      if (proof == Proof.NONE) {
        return Checked.ok(run(whole, parallel, predicted, Optional.empty(), watcher));
      }
      return compilation
          .grads()
          .map(grads -> new Serial(compilation, grads.only(), weights))
          .map(serial -> run(whole, parallel, predicted, Optional.of(serial), watcher));
    } catch (GridTimeout late) {
      return Checked.failed(
          Diagnostic.of(TrainingCode.TIME_OUT, Span.NONE, String.valueOf(late.getMessage())));
    }
  }

  private TrainingResult run(
      Function whole,
      TrainingRun parallel,
      Prediction predicted,
      Optional<Serial> serial,
      Watcher watcher) {
    var batches =
        text.map(bytes -> Batches.text(whole, seed, bytes))
            .orElseGet(() -> Batches.synthetic(whole, seed));
    var losses = new ArrayList<Double>();
    for (int step = 1; step <= steps; step++) {
      var batch = batches.batch(step);
      var result = parallel.next(batch);
      serial.ifPresent(s -> s.compare(batch, result, parallel.weights()));
      losses.add(result.loss());
      watcher.finished(step, result.loss());
    }
    return new TrainingResult(
        losses,
        serial.map(Serial::check),
        parallel.traffic(),
        parallel.peakMemoryBytes(),
        parallel.peakHostMemoryBytes(),
        predicted);
  }

  /**
   * The run that the parallel one is compared with. Each of its steps begins with the weights that
   * the parallel run has, and ends with the update that the plain optimizer makes of the gradients
   * that the parallel run has.
   *
   * <p>So every loss, output, gradient and update is compared, and rounding is not: where a
   * gradient is zero but for rounding, Adam divides one noise by another, and two runs that are
   * left to themselves part by far more than they compute differently.
   */
  private static final class Serial {
    private final SerialRun run;
    private final Comparison comparison;
    private final int microBatches;
    private final double tolerance;

    Serial(Compilation compilation, Function grads, Map<String, Tensor> weights) {
      var precision = compilation.model().recipe().precision();
      this.comparison = new Comparison(Check.measure(precision));
      this.microBatches = compilation.plan().microBatches();
      this.tolerance = Tolerance.of(precision, RoundingDepth.of(grads), microBatches);
      this.run = new SerialRun(grads, compilation.model().recipe().optimizer(), weights);
    }

    void compare(
        Map<String, Tensor> batch, StepResult parallel, Map<String, Tensor> parallelWeights) {
      var serial = run.evaluate(batch);
      if (run.skips(parallel) && run.mayOverflow(serial, microBatches)) {
        comparison.addResults(parallel, serial);
      } else {
        comparison.add(parallel, serial);
      }
      run.update(parallel.gradients());
      comparison.addWeights(parallelWeights, run.weights());
      run.continueFrom(parallelWeights);
    }

    Check check() {
      return new Check(
          comparison.lossMaxRelError(),
          comparison.gradMaxRelError(),
          comparison.outputMaxRelError(),
          comparison.weightMaxRelError(),
          comparison.worst(),
          tolerance);
    }
  }
}
