package dev.weft.runtime.train;

import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.type.DType;
import dev.weft.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** The optimizers, weight by weight and number by number, without the IR's update ops. */
final class PlainOptimizer {
  private final OptimizerSpec spec;
  private final Map<String, Tensor> masters = new HashMap<>();
  private final Map<String, Tensor> first = new HashMap<>();
  private final Map<String, Tensor> second = new HashMap<>();
  private final PlainScale scale;
  private int step;

  PlainOptimizer(OptimizerSpec spec) {
    this.spec = spec;
    this.scale = new PlainScale(spec.rules().lossScale());
  }

  /** What the loss of the next step is multiplied by. */
  double lossScale() {
    return scale.now();
  }

  /** Whether gradients of a scaled loss are of no use. */
  boolean skips(Map<String, Tensor> gradients) {
    return spec.rules().lossScale().isPresent() && !Double.isFinite(norm(gradients));
  }

  /**
   * Updates weights in place.
   *
   * @param gradients of the loss times {@link #lossScale}
   */
  void update(Map<String, Tensor> weights, Map<String, Tensor> gradients) {
    step++;
    double norm = norm(gradients) / scale.now();
    double factor = 1 / scale.now();
    var limit = spec.rules().clipNorm();
    if (limit.isPresent() && norm > limit.getAsDouble()) {
      factor *= limit.getAsDouble() / norm;
    }
    if (!scale.advance(Double.isFinite(norm))) {
      return;
    }
    for (var entry : weights.entrySet()) {
      var name = entry.getKey();
      var weight = wide(name, entry.getValue());
      var gradient = gradients.get(name);
      if (gradient == null) {
        throw new IllegalArgumentException("no gradient of " + name);
      }
      double by = factor;
      var fresh = updated(name, weight, Tensor.generate(weight.type(), i -> by * gradient.get(i)));
      masters.computeIfPresent(name, (_, _) -> fresh);
      entry.setValue(Tensor.of(entry.getValue().type(), fresh.toArray()));
    }
  }

  /** A weight of 16 bits has a copy of 32, which is the one that is updated. */
  private Tensor wide(String name, Tensor weight) {
    return weight.type().dtype().bytes() >= DType.F32.bytes()
        ? weight
        : masters.computeIfAbsent(
            name, _ -> Tensor.of(weight.type().withDType(DType.F32), weight.toArray()));
  }

  private Tensor updated(String name, Tensor weight, Tensor gradient) {
    return switch (spec) {
      case OptimizerSpec.Sgd sgd -> sgd(sgd, name, weight, gradient);
      case OptimizerSpec.Adam adam -> adam(adam, name, weight, gradient);
      case OptimizerSpec.Lamb lamb -> lamb(lamb, name, weight, gradient);
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
    double lr = PlainRate.of(sgd.rate(), step);
    return Tensor.generate(weight.type(), i -> weight.get(i) - lr * towards.get(i));
  }

  private Tensor adam(OptimizerSpec.Adam adam, String name, Tensor weight, Tensor gradient) {
    double lr = PlainRate.of(adam.rate(), step);
    double decay = decay(name);
    boolean coupled = adam.decay() == Decay.COUPLED;
    var g =
        Tensor.generate(
            weight.type(), i -> gradient.get(i) + (coupled ? decay * weight.get(i) : 0));
    var direction = direction(name, g, adam.beta1(), adam.beta2(), adam.eps());
    double kept = coupled ? 1 : 1 - lr * decay;
    return Tensor.generate(weight.type(), i -> kept * weight.get(i) - lr * direction[i]);
  }

  private Tensor lamb(OptimizerSpec.Lamb lamb, String name, Tensor weight, Tensor gradient) {
    double lr = PlainRate.of(lamb.rate(), step);
    double decay = decay(name);
    var towards = direction(name, gradient, lamb.beta1(), lamb.beta2(), lamb.eps());
    for (int i = 0; i < towards.length; i++) {
      towards[i] += decay * weight.get(i);
    }
    int layers = layers(weight, lamb.stacks().getOrDefault(name, 0));
    int size = weight.size() / layers;
    var result = weight.toArray();
    for (int layer = 0; layer < layers; layer++) {
      double trust = trust(weight.toArray(), towards, layer * size, (layer + 1) * size);
      for (int i = layer * size; i < (layer + 1) * size; i++) {
        result[i] -= lr * trust * towards[i];
      }
    }
    return Tensor.of(weight.type(), result);
  }

  /** The bias-corrected step of Adam without the learning rate; keeps the moments. */
  private double[] direction(String name, Tensor g, double b1, double b2, double eps) {
    var oldFirst = first.getOrDefault(name, Tensor.zeros(g.type()));
    var oldSecond = second.getOrDefault(name, Tensor.zeros(g.type()));
    var m = new double[g.size()];
    var v = new double[g.size()];
    var direction = new double[g.size()];
    double c1 = 1 - Math.pow(b1, step);
    double c2 = 1 - Math.pow(b2, step);
    for (int i = 0; i < direction.length; i++) {
      m[i] = b1 * oldFirst.get(i) + (1 - b1) * g.get(i);
      v[i] = b2 * oldSecond.get(i) + (1 - b2) * g.get(i) * g.get(i);
      direction[i] = (m[i] / c1) / (Math.sqrt(v[i] / c2) + eps);
    }
    first.put(name, Tensor.of(g.type(), m));
    second.put(name, Tensor.of(g.type(), v));
    return direction;
  }

  private double decay(String name) {
    return spec.rules().undecayed().contains(name) ? 0 : spec.weightDecay();
  }

  private static int layers(Tensor weight, int axes) {
    long layers = 1;
    for (int d = 0; d < axes; d++) {
      layers *= weight.type().dims().get(d).size();
    }
    return Math.toIntExact(layers);
  }

  private static double trust(double[] weight, double[] towards, int from, int to) {
    double weightNorm = 0;
    double stepNorm = 0;
    for (int i = from; i < to; i++) {
      weightNorm += weight[i] * weight[i];
      stepNorm += towards[i] * towards[i];
    }
    return weightNorm == 0 || stepNorm == 0 ? 1 : Math.sqrt(weightNorm / stepNorm);
  }

  /** The Euclidean norm of all gradients together. */
  private static double norm(Map<String, Tensor> gradients) {
    double squares = 0;
    for (var gradient : gradients.values()) {
      for (int i = 0; i < gradient.size(); i++) {
        squares += gradient.get(i) * gradient.get(i);
      }
    }
    return Math.sqrt(squares);
  }
}
