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
      case OptimizerSpec.Adam adam -> List.of("m", "v");
    };
  }

  static String name(OptimizerSpec optimizer) {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd ->
          sgd.momentum() == 0 ? "gradient descent" : "gradient descent with momentum";
      case OptimizerSpec.Adam adam -> isAdamW(adam) ? "AdamW" : "Adam";
    };
  }

  static void constants(PythonWriter out, OptimizerSpec optimizer) {
    switch (optimizer) {
      case OptimizerSpec.Sgd(var lr, var momentum) -> {
        constant(out, "LR", lr);
        if (momentum != 0) {
          constant(out, "MOMENTUM", momentum);
        }
      }
      case OptimizerSpec.Adam adam -> {
        constant(out, "LR", adam.lr());
        constant(out, "BETA1", adam.beta1());
        constant(out, "BETA2", adam.beta2());
        constant(out, "EPS", adam.eps());
        if (adam.weightDecay() != 0) {
          constant(out, "WEIGHT_DECAY", adam.weightDecay());
        }
      }
    }
  }

  /** The function {@code update(weight, grad, state, step)}. */
  static void update(PythonWriter out, OptimizerSpec optimizer) {
    out.line("def update(weight, grad, state, step):");
    out.indented(
        () -> {
          switch (optimizer) {
            case OptimizerSpec.Sgd sgd -> sgd(out, sgd);
            case OptimizerSpec.Adam adam -> adam(out, adam);
          }
        });
  }

  private static void sgd(PythonWriter out, OptimizerSpec.Sgd sgd) {
    if (sgd.momentum() == 0) {
      out.line("\"\"\"Gradient descent, in place.\"\"\"");
      out.line("weight.sub_(LR * grad)");
      return;
    }
    out.line("\"\"\"Gradient descent with momentum (Sutskever et al. 2013), in place.\"\"\"");
    out.line("v = state[\"v\"].mul_(MOMENTUM).add_(grad)");
    out.line("weight.sub_(LR * v)");
  }

  private static void adam(PythonWriter out, OptimizerSpec.Adam adam) {
    out.line(
        isAdamW(adam)
            ? "\"\"\"AdamW (Loshchilov and Hutter 2019), in place; steps count from 1.\"\"\""
            : "\"\"\"Adam (Kingma and Ba 2015, algorithm 1), in place; steps count from 1.\"\"\"");
    if (adam.weightDecay() != 0) {
      out.line(
          isAdamW(adam)
              ? "weight.mul_(1 - LR * WEIGHT_DECAY)"
              : "grad = grad + WEIGHT_DECAY * weight");
    }
    out.line("m = state[\"m\"].mul_(BETA1).add_(grad, alpha=1 - BETA1)");
    out.line("v = state[\"v\"].mul_(BETA2).addcmul_(grad, grad, value=1 - BETA2)");
    out.line("m_hat, v_hat = m / (1 - BETA1**step), v / (1 - BETA2**step)");
    out.line("weight.sub_(LR * m_hat / (v_hat.sqrt() + EPS))");
  }

  private static boolean isAdamW(OptimizerSpec.Adam adam) {
    return adam.decay() == AdamUpdate.Decay.DECOUPLED && adam.weightDecay() != 0;
  }

  private static void constant(PythonWriter out, String name, double value) {
    out.line(name + " = " + Literal.number(value));
  }
}
