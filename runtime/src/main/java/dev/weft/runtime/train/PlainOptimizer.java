package dev.weft.runtime.train;

import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** The optimizers, weight by weight and number by number, without the IR's update ops. */
final class PlainOptimizer {
  private final OptimizerSpec spec;
  private final Map<String, Tensor> first = new HashMap<>();
  private final Map<String, Tensor> second = new HashMap<>();
  private int step;

  PlainOptimizer(OptimizerSpec spec) {
    this.spec = spec;
  }

  void update(Map<String, Tensor> weights, Map<String, Tensor> gradients) {
    step++;
    weights.replaceAll((name, weight) -> updated(name, weight, gradients));
  }

  private Tensor updated(String name, Tensor weight, Map<String, Tensor> gradients) {
    var gradient = gradients.get(name);
    if (gradient == null) {
      throw new IllegalArgumentException("no gradient of " + name);
    }
    return switch (spec) {
      case OptimizerSpec.Sgd sgd -> sgd(sgd, name, weight, gradient);
      case OptimizerSpec.Adam adam -> adam(adam, name, weight, gradient);
    };
  }

  private Tensor sgd(OptimizerSpec.Sgd sgd, String name, Tensor weight, Tensor gradient) {
    var direction = gradient;
    if (sgd.momentum() != 0) {
      var before = second.getOrDefault(name, Tensor.zeros(weight.type()));
      direction =
          Tensor.generate(weight.type(), i -> sgd.momentum() * before.get(i) + gradient.get(i));
      second.put(name, direction);
    }
    var towards = direction;
    return Tensor.generate(weight.type(), i -> weight.get(i) - sgd.lr() * towards.get(i));
  }

  private Tensor adam(OptimizerSpec.Adam adam, String name, Tensor weight, Tensor gradient) {
    boolean coupled = adam.decay() == Decay.COUPLED;
    var g =
        Tensor.generate(
            weight.type(),
            i -> gradient.get(i) + (coupled ? adam.weightDecay() * weight.get(i) : 0));
    var oldFirst = first.getOrDefault(name, Tensor.zeros(weight.type()));
    var oldSecond = second.getOrDefault(name, Tensor.zeros(weight.type()));
    double b1 = adam.beta1();
    double b2 = adam.beta2();
    var m = Tensor.generate(weight.type(), i -> b1 * oldFirst.get(i) + (1 - b1) * g.get(i));
    var v =
        Tensor.generate(weight.type(), i -> b2 * oldSecond.get(i) + (1 - b2) * g.get(i) * g.get(i));
    first.put(name, m);
    second.put(name, v);
    double c1 = 1 - Math.pow(b1, step);
    double c2 = 1 - Math.pow(b2, step);
    double kept = coupled ? 1 : 1 - adam.lr() * adam.weightDecay();
    return Tensor.generate(
        weight.type(),
        i ->
            kept * weight.get(i)
                - adam.lr() * (m.get(i) / c1) / (Math.sqrt(v.get(i) / c2) + adam.eps()));
  }
}
