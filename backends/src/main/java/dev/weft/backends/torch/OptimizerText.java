package dev.weft.backends.torch;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.plan.OptimizerSpec;
import java.util.List;

/** The optimizer of the recipe in Python: constants, and an update of flat vectors in place. */
final class OptimizerText {
  private OptimizerText() {}

  /** The names of the state vectors. */
  static List<String> slots(OptimizerSpec optimizer) {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd -> sgd.momentum() == 0 ? List.of() : List.of("v");
      case OptimizerSpec.Adam _, OptimizerSpec.Lamb _ -> List.of("m", "v");
    };
  }

  static String name(OptimizerSpec optimizer) {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd ->
          sgd.momentum() == 0 ? "gradient descent" : "gradient descent with momentum";
      case OptimizerSpec.Adam adam -> isAdamW(adam) ? "AdamW" : "Adam";
      case OptimizerSpec.Lamb _ -> "LAMB";
    };
  }

  /** Whether the update asks which weight an element belongs to, or for the norm of weights. */
  static boolean isByWeight(OptimizerSpec optimizer) {
    var rules = optimizer.rules();
    return optimizer instanceof OptimizerSpec.Lamb
        || rules.clipNorm().isPresent()
        || rules.lossScale().isPresent()
        || isGrouped(optimizer);
  }

  static void constants(PythonWriter out, OptimizerSpec optimizer) {
    RateText.constants(out, optimizer.rate());
    switch (optimizer) {
      case OptimizerSpec.Sgd sgd -> {
        if (sgd.momentum() != 0) {
          constant(out, "MOMENTUM", sgd.momentum());
        }
      }
      case OptimizerSpec.Adam adam -> moments(out, adam.beta1(), adam.beta2(), adam.eps());
      case OptimizerSpec.Lamb lamb -> moments(out, lamb.beta1(), lamb.beta2(), lamb.eps());
    }
    if (optimizer.weightDecay() != 0) {
      constant(out, "WEIGHT_DECAY", optimizer.weightDecay());
    }
    var rules = optimizer.rules();
    rules.clipNorm().ifPresent(norm -> constant(out, "CLIP_NORM", norm));
    rules
        .lossScale()
        .ifPresent(
            scale -> {
              constant(out, "LOSS_SCALE", scale.initial());
              out.line("SCALE_INTERVAL = " + scale.interval(), "0: the scale never changes");
            });
  }

  private static void moments(PythonWriter out, double beta1, double beta2, double eps) {
    constant(out, "BETA1", beta1);
    constant(out, "BETA2", beta2);
    constant(out, "EPS", eps);
  }

  /** The function {@code update(weight, grad, state, step)}, after those that it calls. */
  static void update(PythonWriter out, OptimizerSpec optimizer) {
    RateText.function(out, optimizer.rate());
    out.line("def update(weight, grad, state, step):");
    out.indented(
        () -> {
          out.line("\"\"\"" + title(optimizer) + ", in place; steps count from 1.\"\"\"");
          gradient(out, optimizer);
          if (!optimizer.rate().isConstant()) {
            out.line("lr = learning_rate(step)");
          }
          switch (optimizer) {
            case OptimizerSpec.Sgd sgd -> sgd(out, sgd);
            case OptimizerSpec.Adam adam -> adam(out, adam);
            case OptimizerSpec.Lamb lamb -> lamb(out, lamb);
          }
        });
  }

  private static String title(OptimizerSpec optimizer) {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd ->
          sgd.momentum() == 0
              ? "Gradient descent"
              : "Gradient descent with momentum (Sutskever et al. 2013)";
      case OptimizerSpec.Adam adam ->
          isAdamW(adam)
              ? "AdamW (Loshchilov and Hutter 2019)"
              : "Adam (Kingma and Ba 2015, algorithm 1)";
      case OptimizerSpec.Lamb _ -> "LAMB (You et al. 2020, algorithm 2)";
    };
  }

  /** The gradient, clipped. */
  private static void gradient(PythonWriter out, OptimizerSpec optimizer) {
    var rules = optimizer.rules();
    if (rules.clipNorm().isPresent()) {
      out.line("grad = grad * norms.clip(grad, CLIP_NORM)");
    }
  }

  private static void sgd(PythonWriter out, OptimizerSpec.Sgd sgd) {
    if (sgd.momentum() == 0) {
      out.line("weight.sub_(" + lr(sgd) + " * grad)");
      return;
    }
    out.line("v = state[\"v\"].mul_(MOMENTUM).add_(grad)");
    out.line("weight.sub_(" + lr(sgd) + " * v)");
  }

  private static void adam(PythonWriter out, OptimizerSpec.Adam adam) {
    boolean decoupled = adam.decay() == AdamUpdate.Decay.DECOUPLED;
    if (adam.weightDecay() != 0 && decoupled) {
      if (isGrouped(adam)) {
        out.line("for part in norms.decayed(weight):");
        out.indented(() -> out.line("part.mul_(1 - " + lr(adam) + " * WEIGHT_DECAY)"));
      } else {
        out.line("weight.mul_(1 - " + lr(adam) + " * WEIGHT_DECAY)");
      }
    } else if (adam.weightDecay() != 0) {
      decayed(out, adam, "grad", "grad.clone()", "grad + WEIGHT_DECAY * weight");
    }
    step(out);
    out.line("weight.sub_(" + lr(adam) + " * m_hat / (v_hat.sqrt() + EPS))");
  }

  private static void lamb(PythonWriter out, OptimizerSpec.Lamb lamb) {
    step(out);
    out.line("direction = m_hat / (v_hat.sqrt() + EPS)");
    if (lamb.weightDecay() != 0) {
      decayed(out, lamb, "direction", "direction", "direction + WEIGHT_DECAY * weight");
    }
    out.line("norms.trust(weight, direction)");
    out.line("weight.sub_(" + lr(lamb) + " * direction)");
  }

  /** Adds the decay to a vector: to the parts of a copy of it, or to all of it. */
  private static void decayed(
      PythonWriter out, OptimizerSpec optimizer, String name, String copy, String whole) {
    if (!isGrouped(optimizer)) {
      out.line(name + " = " + whole);
      return;
    }
    if (!copy.equals(name)) {
      out.line(name + " = " + copy);
    }
    out.line("for part, decaying in zip(norms.decayed(" + name + "), norms.decayed(weight)):");
    out.indented(() -> out.line("part.add_(decaying, alpha=WEIGHT_DECAY)"));
  }

  private static void step(PythonWriter out) {
    out.line("m = state[\"m\"].mul_(BETA1).add_(grad, alpha=1 - BETA1)");
    out.line("v = state[\"v\"].mul_(BETA2).addcmul_(grad, grad, value=1 - BETA2)");
    out.line("m_hat, v_hat = m / (1 - BETA1**step), v / (1 - BETA2**step)");
  }

  private static String lr(OptimizerSpec optimizer) {
    return optimizer.rate().isConstant() ? "LR" : "lr";
  }

  /** Whether some weights decay and others do not. */
  private static boolean isGrouped(OptimizerSpec optimizer) {
    return optimizer.weightDecay() != 0 && !optimizer.rules().undecayed().isEmpty();
  }

  private static boolean isAdamW(OptimizerSpec.Adam adam) {
    return adam.decay() == AdamUpdate.Decay.DECOUPLED && adam.weightDecay() != 0;
  }

  private static void constant(PythonWriter out, String name, double value) {
    out.line(name + " = " + Literal.number(value));
  }
}
