package dev.weft.passes.pipeline;

import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.passes.autodiff.Autodiff;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.Pipeline;
import dev.weft.passes.lower.Lower;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.optimizer.TrainingStep;
import dev.weft.passes.shard.Shard;
import dev.weft.passes.simplify.ExpandComposites;
import dev.weft.passes.simplify.Simplify;
import java.util.ArrayList;
import java.util.List;

/** The passes from a checked model to a training step, in order. */
public final class Pipelines {
  private Pipelines() {}

  /** From {@code @model} to {@code @grads}: whole, primitive, with the backward program. */
  public static Pipeline differentiate() {
    return new Pipeline(differentiation());
  }

  /** From {@code @model} to the {@code @step} of one device. */
  public static Pipeline parallelize(Plan plan, OptimizerSpec optimizer, MicroBatching micro) {
    var passes = new ArrayList<>(differentiation());
    passes.add(new Shard(plan));
    passes.add(new Lower());
    // Lowering leaves equal slices and collectives behind: share them before they are packed.
    passes.add(new Simplify());
    passes.add(new TrainingStep(plan, optimizer, micro));
    return new Pipeline(passes);
  }

  private static List<Pass> differentiation() {
    return List.of(
        // Invariants leave their loops before autodiff, or every iteration would save them.
        new Simplify(),
        // Composites know a better gradient than their parts: expand afterwards.
        new Autodiff(),
        new ExpandComposites(),
        new Simplify());
  }
}
