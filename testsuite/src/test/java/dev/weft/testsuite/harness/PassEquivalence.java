package dev.weft.testsuite.harness;

import dev.weft.cli.compile.PassList;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.Pipeline;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Runs a program of IR text on the oracle before and after some passes. */
final class PassEquivalence {
  /** Relative to the largest entry of a result. */
  private static final double TOLERANCE = 1e-12;

  private static final long SEED = 1;

  private PassEquivalence() {}

  static Ended check(Case of, Run run) {
    var before = Parser.parse(new Source(of.file(), of.program())).orThrow();
    var after = pipeline(run, before).run(before).orThrow();
    return difference(before.only(), after.only())
        .map(what -> Ended.failed(run + ": " + what))
        .orElse(Ended.silent(List.of()));
  }

  /** What a function computes otherwise than another; the second may compute more. */
  static Optional<String> difference(Function before, Function after) {
    var expected = results(before);
    var actual = results(after);
    for (int i = 0; i < expected.size(); i++) {
      double error = error(expected.get(i), actual.get(i));
      if (!(error <= TOLERANCE)) {
        return Optional.of(before.outputs().get(i).name() + " differs by " + error);
      }
    }
    return Optional.empty();
  }

  private static Pipeline pipeline(Run run, Module module) {
    var micro = MicroBatching.of(module.only(), Recipe.BATCH_AXIS, 1).orThrow();
    var outputs = module.only().outputs();
    var sgd = new OptimizerSpec.Sgd(1, 0);
    var list = new PassList(Plan.SERIAL, sgd, micro, outputs, Optional.empty());
    var names = run.option("--passes").orElseThrow().split(",");
    var passes = new ArrayList<Pass>();
    for (var name : names) {
      passes.add(list.find(name).orElseThrow());
    }
    return new Pipeline(passes, module.properties());
  }

  private static List<Tensor> results(Function function) {
    var inputs = new HashMap<>(Weights.initial(function, SEED));
    inputs.putAll(Batches.synthetic(function, SEED).batch(1));
    return Oracle.run(
        function, function.inputs().stream().map(Port::name).map(inputs::get).toList());
  }

  private static double error(Tensor expected, Tensor actual) {
    double largest = Double.MIN_NORMAL;
    double distance = 0;
    for (int i = 0; i < expected.size(); i++) {
      largest = Math.max(largest, Math.abs(expected.get(i)));
      distance = Math.max(distance, Math.abs(expected.get(i) - actual.get(i)));
    }
    return expected.type().equals(actual.type()) ? distance / largest : Double.POSITIVE_INFINITY;
  }
}
