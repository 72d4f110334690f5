package dev.weft.backends.torch;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.plan.OptimizerSpec;
import java.util.List;

/**
 * The class {@code Optimizer} of {@code model_ref.py}: the recipe's optimizer on whole weights.
 * Where PyTorch has it, it is PyTorch's.
 */
final class ReferenceOptimizer {
  private static final String LAMB =
      """
      for path, weight in self.weights.items():
          grad = gradients[path] * factor
          m = self.m[path] = BETA1 * self.m[path] + (1 - BETA1) * grad
          v = self.v[path] = BETA2 * self.v[path] + (1 - BETA2) * grad.square()
          direction = m / (1 - BETA1**step) / ((v / (1 - BETA2**step)).sqrt() + EPS)
          if path not in NO_DECAY:
              direction = direction + %s * weight
          layers = weight.shape[:dict(STACKS).get(path, 0)]
          w, u = (x.reshape(*layers, -1) for x in (weight, direction))
          w_norm, u_norm = w.norm(dim=-1, keepdim=True), u.norm(dim=-1, keepdim=True)
          ratio = torch.where((w_norm > 0) & (u_norm > 0), w_norm / u_norm, 1.0)
          weight -= lr * (ratio * u).reshape(weight.shape)
      """;

  private ReferenceOptimizer() {}

  /** The constants, the learning rate, and the class. */
  static void write(PythonWriter out, OptimizerSpec optimizer) {
    OptimizerText.constants(out, optimizer);
    tuple(out, "NO_DECAY", NormAxes.undecayed(optimizer));
    if (optimizer instanceof OptimizerSpec.Lamb) {
      tuple(out, "STACKS", NormAxes.stacks(optimizer));
    }
    out.gap();
    RateText.function(out, optimizer.rate());
    out.line("class Optimizer:");
    out.indented(
        () -> {
          out.line("\"\"\"The recipe's optimizer on whole weights, one after another.\"\"\"")
              .blank();
          out.line("def __init__(self, weights):");
          out.indented(() -> begin(out, optimizer));
          out.blank();
          out.line("def step(self, gradients, step):");
          out.indented(() -> step(out, optimizer));
        });
  }

  private static void begin(PythonWriter out, OptimizerSpec optimizer) {
    out.line("self.weights = weights");
    if (optimizer instanceof OptimizerSpec.Lamb) {
      out.line("self.m = {path: torch.zeros_like(w) for path, w in weights.items()}");
      out.line("self.v = {path: torch.zeros_like(w) for path, w in weights.items()}");
      return;
    }
    out.line("decayed = [w for path, w in weights.items() if path not in NO_DECAY]");
    out.line("others = [w for path, w in weights.items() if path in NO_DECAY]");
    out.line("groups = [{\"params\": decayed, \"weight_decay\": " + decay(optimizer) + "},");
    out.line("          {\"params\": others, \"weight_decay\": 0.0}]");
    out.line("self.optimizer = torch.optim." + constructor(optimizer));
  }

  private static String constructor(OptimizerSpec optimizer) {
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd ->
          "SGD(groups, lr=LR" + (sgd.momentum() == 0 ? ")" : ", momentum=MOMENTUM)");
      case OptimizerSpec.Adam adam ->
          (adam.decay() == AdamUpdate.Decay.DECOUPLED ? "AdamW" : "Adam")
              + "(groups, lr=LR, betas=(BETA1, BETA2), eps=EPS)";
      case OptimizerSpec.Lamb _ -> throw new IllegalStateException("PyTorch has no LAMB");
    };
  }

  private static String decay(OptimizerSpec optimizer) {
    return optimizer.weightDecay() == 0 ? "0.0" : "WEIGHT_DECAY";
  }

  private static void step(PythonWriter out, OptimizerSpec optimizer) {
    out.line("\"\"\"Updates the weights by gradients, both by path; steps count from 1.\"\"\"");
    out.line("lr = " + (optimizer.rate().isConstant() ? "LR" : "learning_rate(step)"));
    if (optimizer.rules().clipNorm().isPresent()) {
      out.line("norm = torch.stack([g.norm() for g in gradients.values()]).norm().item()");
      out.line("factor = CLIP_NORM / norm if norm > CLIP_NORM else 1.0");
    } else {
      out.line("factor = 1.0");
    }
    if (optimizer instanceof OptimizerSpec.Lamb) {
      out.lines(LAMB.formatted(decay(optimizer)));
      return;
    }
    out.line("for path, weight in self.weights.items():");
    out.indented(() -> out.line("weight.grad = gradients[path] * factor"));
    out.line("for group in self.optimizer.param_groups:");
    out.indented(() -> out.line("group[\"lr\"] = lr"));
    out.line("self.optimizer.step()");
  }

  private static void tuple(PythonWriter out, String name, List<String> items) {
    Wrapping.write(out, name + " = (", items, items.size() == 1 ? ",)" : ")");
  }
}
