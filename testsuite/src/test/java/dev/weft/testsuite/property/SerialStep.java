package dev.weft.testsuite.property;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one step gives on one device: loss and outputs, the gradient of every weight, and the new
 * weights.
 */
record SerialStep(List<Tensor> results, Named gradients, Named weights) {

  /** State of the optimizer, for each weight: m and v, or v. */
  static final class State {
    private final Map<String, double[]> m = new LinkedHashMap<>();
    private final Map<String, double[]> v = new LinkedHashMap<>();
  }

  /**
   * Runs a step.
   *
   * @param grads the function of loss, outputs and gradients
   * @param step counted from 1
   */
  static SerialStep run(
      Function grads, OptimizerSpec optimizer, Named weights, Named batch, State state, int step) {
    var inputs = new ArrayList<Tensor>();
    for (var port : grads.inputs()) {
      inputs.add(port instanceof Port.Weight ? weights.get(port.name()) : batch.get(port.name()));
    }
    var yields = Oracle.run(grads, inputs);
    int results = yields.size() - weights.count();
    var gradients = new Named();
    var updated = new Named();
    for (int i = results; i < yields.size(); i++) {
      var name = grads.outputs().get(i).name();
      gradients.put(name, yields.get(i));
      updated.put(name, update(optimizer, name, weights.get(name), yields.get(i), state, step));
    }
    return new SerialStep(yields.subList(0, results), gradients, updated);
  }

  private static Tensor update(
      OptimizerSpec optimizer, String name, Tensor weight, Tensor gradient, State state, int step) {
    var m = state.m.computeIfAbsent(name, n -> new double[weight.size()]);
    var v = state.v.computeIfAbsent(name, n -> new double[weight.size()]);
    return Tensor.generate(
        weight.type(),
        i ->
            switch (optimizer) {
              case OptimizerSpec.Sgd sgd -> {
                v[i] = sgd.momentum() * v[i] + gradient.get(i);
                yield weight.get(i) - sgd.lr() * v[i];
              }
              case OptimizerSpec.Lamb _ -> throw new IllegalArgumentException("no sample has LAMB");
              case OptimizerSpec.Adam adam ->
                  adam(adam, weight.get(i), gradient.get(i), m, v, i, step);
            });
  }

  private static double adam(
      OptimizerSpec.Adam adam,
      double weight,
      double gradient,
      double[] m,
      double[] v,
      int i,
      int step) {
    double p = weight;
    double g = gradient;
    switch (adam.decay()) {
      case COUPLED -> g += adam.weightDecay() * p;
      case DECOUPLED -> p -= adam.lr() * adam.weightDecay() * p;
    }
    m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
    v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
    double mean = m[i] / (1 - Math.pow(adam.beta1(), step));
    double square = v[i] / (1 - Math.pow(adam.beta2(), step));
    return p - adam.lr() * mean / (Math.sqrt(square) + adam.eps());
  }
}
