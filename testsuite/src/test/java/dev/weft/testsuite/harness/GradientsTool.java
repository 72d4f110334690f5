package dev.weft.testsuite.harness;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import dev.weft.passes.pipeline.Pipelines;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import dev.weft.runtime.train.Batches;
import dev.weft.runtime.train.Weights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code gradients}: on IR text, every gradient agrees with central differences of the loss. */
final class GradientsTool implements Tool {
  private static final long SEED = 1;

  @Override
  public Ended run(Case of, Run run, Path directory) {
    var module = Parser.parse(new Source(of.file(), of.program())).orThrow();
    var model = module.only();
    var grads = Pipelines.differentiate().run(module).orThrow().only();
    var inputs = new HashMap<>(Weights.initial(model, SEED));
    inputs.putAll(Batches.synthetic(model, SEED).batch(1));
    var results = Oracle.run(grads, inOrder(grads, inputs));
    for (int i : grads.outputIndices(Port.Gradient.class)) {
      var weight = grads.outputs().get(i).name();
      double error = new Differences(model, inputs, weight).largestError(results.get(i));
      if (!(error <= Differences.TOLERANCE)) {
        return Ended.failed(run + ": the gradient of " + weight + " is off by " + error);
      }
    }
    return Ended.silent(List.of());
  }

  static List<Tensor> inOrder(Function function, Map<String, Tensor> inputs) {
    return function.inputs().stream().map(Port::name).map(inputs::get).toList();
  }
}
