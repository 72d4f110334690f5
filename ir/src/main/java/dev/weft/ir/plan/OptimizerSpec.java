package dev.weft.ir.plan;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.RateSchedule;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The optimizer of a training recipe, with its constants. */
public sealed interface OptimizerSpec {
  /** The learning rate of each step. */
  RateSchedule rate();

  UpdateRules rules();

  /** The weight decay of the weights that decay. */
  double weightDecay();

  /** The same optimizer under other rules. */
  OptimizerSpec with(UpdateRules rules);

  /** The greatest learning rate. */
  default double lr() {
    return rate().peak();
  }

  /**
   * Stochastic gradient descent with classical momentum: v' = momentum v + g, p' = p - lr v'.
   * Without momentum it keeps no state. Nothing decays.
   *
   * @param momentum 0 for plain gradient descent
   */
  record Sgd(RateSchedule rate, double momentum, UpdateRules rules) implements OptimizerSpec {
    /** With one learning rate at every step. */
    public Sgd(double lr, double momentum) {
      this(RateSchedule.constant(lr), momentum, UpdateRules.NONE);
    }

    @Override
    public double weightDecay() {
      return 0;
    }

    @Override
    public Sgd with(UpdateRules other) {
      return new Sgd(rate, momentum, other);
    }
  }

  /**
   * Adam (Kingma and Ba 2015, algorithm 1) and AdamW (Loshchilov and Hutter 2019), as {@link
   * AdamUpdate} defines them. Its state is the moments m and v.
   *
   * @param eps added to the root of the second moment
   * @param decay how {@code weightDecay} enters: coupled is Adam, decoupled AdamW
   */
  record Adam(
      RateSchedule rate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      AdamUpdate.Decay decay,
      UpdateRules rules)
      implements OptimizerSpec {
    /** With one learning rate at every step. */
    public Adam(
        double lr,
        double beta1,
        double beta2,
        double eps,
        double weightDecay,
        AdamUpdate.Decay decay) {
      this(RateSchedule.constant(lr), beta1, beta2, eps, weightDecay, decay, UpdateRules.NONE);
    }

    @Override
    public Adam with(UpdateRules other) {
      return new Adam(rate, beta1, beta2, eps, weightDecay, decay, other);
    }
  }

  /**
   * LAMB (You et al. 2020, algorithm 2), as {@link LambDirection} and {@link
   * dev.weft.ir.op.LambUpdate} define it. Its state is the moments m and v.
   *
   * @param eps added to the root of the second moment
   * @param weightDecay added to the direction, times the weight
   * @param stacks the weights that are stacks of layers, by path, and how many leading axes count
   *     them: each layer has a trust ratio of its own
   */
  record Lamb(
      RateSchedule rate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      Map<String, Integer> stacks,
      UpdateRules rules)
      implements OptimizerSpec {
    public Lamb {
      stacks = Collections.unmodifiableMap(new TreeMap<>(stacks));
    }

    @Override
    public Lamb with(UpdateRules other) {
      return new Lamb(rate, beta1, beta2, eps, weightDecay, stacks, other);
    }
  }
}
