package dev.weft.testsuite.harness;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.source.Checked;
import dev.weft.passes.pipeline.Pipelines;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.Comparison;
import dev.weft.runtime.train.SerialRun;
import dev.weft.runtime.train.TrainingRun;
import dev.weft.runtime.train.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools that prove something about a program by running it. */
final class Proofs {
  private static final double TOLERANCE = 1e-12;
  private static final int STEPS = 2;
  private static final long SEED = 1;

  private Proofs() {}

  /** Serial and parallel training agree; or, with passes, what the program gave before and after. */
  static Produced equiv(Case one, Invocation run) {
    return Produced.proof(
        Subject.of(one, run)
            .then(s -> run.one("passes").isPresent() ? beforeAndAfter(s, run) : parallel(s)));
  }

  private static Checked<Optional<String>> parallel(Subject subject) {
    return TextTools.through(subject, List.of("step"), subject.piece())
        .then(
            step ->
                Pipelines.differentiate()
                    .run(subject.whole())
                    .map(grads -> train(subject, grads.only(), step)));
  }

  private static Optional<String> train(Subject subject, Function grads, Module step) {
    var whole = subject.whole().only();
    var weights = Weights.initial(whole, SEED);
    var batches = Batches.synthetic(whole, SEED);
    var serial = new SerialRun(grads, subject.optimizer(), weights);
    var parallel = new TrainingRun(step, new Grid(step.mesh()), weights);
    var comparison = new Comparison();
    for (int k = 1; k <= STEPS; k++) {
      var batch = batches.batch(k);
      comparison.add(parallel.next(batch), serial.next(batch));
    }
    return comparison.passed(TOLERANCE)
        ? Optional.empty()
        : Optional.of("serial and parallel differ, most in " + comparison.worst());
  }

  private static Checked<Optional<String>> beforeAndAfter(Subject subject, Invocation run) {
    var before = subject.piece().only();
    return TextTools.passed(subject, run, subject.piece())
        .map(after -> compare(before, after.only()));
  }

  private static Optional<String> compare(Function before, Function after) {
    var inputs = inputs(before);
    var expected = results(before, inputs);
    var actual = results(after, inputs);
    return expected.keySet().stream()
        .filter(name -> !agree(expected.get(name), actual.get(name)))
        .findFirst()
        .map(name -> "the passes change " + name);
  }

  private static Map<String, Tensor> inputs(Function function) {
    var inputs = new LinkedHashMap<>(Weights.initial(function, SEED));
    inputs.putAll(Batches.synthetic(function, SEED).batch(1));
    return inputs;
  }

  private static Map<String, Tensor> results(Function function, Map<String, Tensor> inputs) {
    var ordered = function.inputs().stream().map(p -> inputs.get(p.name())).toList();
    var values = Oracle.run(function, ordered);
    var results = new LinkedHashMap<String, Tensor>();
    for (int i = 0; i < values.size(); i++) {
      results.put(function.outputs().get(i).toString(), values.get(i));
    }
    return results;
  }

  private static boolean agree(Tensor expected, Tensor actual) {
    double scale = 1e-3;
    for (int i = 0; i < expected.size(); i++) {
      scale = Math.max(scale, Math.abs(expected.get(i)));
    }
    boolean agree = expected.type().equals(actual.type());
    for (int i = 0; agree && i < expected.size(); i++) {
      agree = Math.abs(expected.get(i) - actual.get(i)) <= TOLERANCE * scale;
    }
    return agree;
  }

  /** Every gradient agrees with central differences of the loss. */
  static Produced gradients(Case one, Invocation run) {
    return Produced.proof(
        Subject.of(one, run)
            .then(
                s ->
                    Pipelines.differentiate()
                        .run(s.whole())
                        .map(grads -> differences(s.whole().only(), grads.only()))));
  }

  private static Optional<String> differences(Function model, Function grads) {
    var inputs = inputs(model);
    var results = results(grads, inputs);
    var wrong = new ArrayList<String>();
    for (int i : model.inputIndices(Port.Weight.class)) {
      var name = model.inputs().get(i).name();
      var gradient = results.get(new Port.Gradient(name).toString());
      if (new Differences(model, inputs, name).largestError(gradient) > Differences.TOLERANCE) {
        wrong.add(name);
      }
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of("wrong gradients of " + wrong);
  }
}
