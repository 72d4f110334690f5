package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains the whole program on the oracle: one device, no plan, no micro-batches, and an optimizer
 * written here on its own. This is the truth with which parallel runs are compared.
 */
public final class SerialRun {
  private final Function grads;
  private final Map<String, Tensor> weights;
  private final PlainOptimizer optimizer;

  /**
   * A run that begins with given weights.
   *
   * @param grads the whole program with its gradients; of the loss times its input of state, where
   *     it has one
   */
  public SerialRun(Function grads, OptimizerSpec optimizer, Map<String, Tensor> weights) {
    this.grads = grads;
    this.weights = new LinkedHashMap<>(weights);
    this.optimizer = new PlainOptimizer(optimizer);
  }

  /** Runs the next step on a whole batch. */
  public StepResult next(Map<String, Tensor> batch) {
    var result = evaluate(batch);
    update(result.gradients());
    return result;
  }

  /** What the next step gives on a whole batch; the weights stay as they are. */
  public StepResult evaluate(Map<String, Tensor> batch) {
    var inputs = new ArrayList<Tensor>();
    for (int i = 0; i < grads.inputs().size(); i++) {
      var port = grads.inputs().get(i);
      var type = grads.body().params().get(i).type();
      var input =
          switch (port) {
            case Port.Weight _ -> weights.get(port.name());
            case Port.State _ -> Tensor.generate(type, _ -> optimizer.lossScale());
            case Port other -> batch.get(other.name());
          };
      if (input == null) {
        throw new IllegalArgumentException("no input " + port.name());
      }
      inputs.add(input);
    }
    var results = Oracle.run(grads, inputs);
    double loss = Double.NaN;
    var outputs = new LinkedHashMap<String, Tensor>();
    var gradients = new LinkedHashMap<String, Tensor>();
    for (int i = 0; i < results.size(); i++) {
      switch (grads.outputs().get(i)) {
        case Port.Loss _ -> loss = results.get(i).scalar();
        case Port.Gradient gradient -> gradients.put(gradient.name(), results.get(i));
        case Port other -> outputs.put(other.name(), results.get(i));
      }
    }
    return new StepResult(loss, outputs, gradients);
  }

  /** Whether a step with these gradients changes no weight, since its loss was scaled too far. */
  public boolean skips(StepResult result) {
    return optimizer.skips(result.gradients());
  }

  /**
   * Whether a program that adds up the gradients of micro-batches, each of the mean over its own,
   * would skip the step, though a program that has them all at once might not: before it divides
   * the sum by their number, that is so many times the gradient.
   */
  public boolean mayOverflow(StepResult result, int microBatches) {
    return skips(result)
        || result.gradients().values().stream()
            .anyMatch(gradient -> !isFinite(gradient, microBatches));
  }

  private static boolean isFinite(Tensor gradient, int times) {
    var sums = Tensor.generate(gradient.type(), i -> times * gradient.get(i));
    return IntStream.range(0, sums.size()).allMatch(i -> Double.isFinite(sums.get(i)));
  }

  /** Ends a step: updates the weights by whole gradients. */
  public void update(Map<String, Tensor> gradients) {
    optimizer.update(weights, gradients);
  }

  /** Goes on with other weights; the optimizer keeps its state. */
  public void continueFrom(Map<String, Tensor> newWeights) {
    weights.putAll(newWeights);
  }

  /** The weights as they are now, by path. */
  public Map<String, Tensor> weights() {
    return new LinkedHashMap<>(weights);
  }
}
