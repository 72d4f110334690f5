package dev.weft.passes.pipeline;

import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.autodiff.Autodiff;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.Pipeline;
import dev.weft.passes.lower.Lower;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.optimizer.ScaleLoss;
import dev.weft.passes.remat.Remat;
import dev.weft.passes.shard.Shard;
import dev.weft.passes.simplify.ExpandComposites;
import dev.weft.passes.simplify.Simplify;
import dev.weft.passes.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The passes from a checked model to a training step, in order. */
public final class Pipelines {
  private Pipelines() {}

  /** From {@code @model} to {@code @grads}: whole, primitive, with the backward program. */
  public static Pipeline differentiate() {
    return new Pipeline(differentiation());
  }

  /** As {@link #differentiate()}, for an optimizer that may want gradients of the scaled loss. */
  public static Pipeline differentiate(OptimizerSpec optimizer) {
    return new Pipeline(differentiation(scaling(optimizer), Optional.empty()));
  }

  private static Optional<Pass> scaling(OptimizerSpec optimizer) {
    return optimizer.rules().lossScale().map(_ -> new ScaleLoss());
  }

  /**
   * From {@code @model} to the programs of the devices.
   *
   * @param micro how the model's results are put together from micro-batches
   * @param outputs of the model
   * @param schedule of the plan's pipeline, where it has one
   */
  public static Pipeline parallelize(
      Plan plan,
      OptimizerSpec optimizer,
      MicroBatching micro,
      List<Port> outputs,
      Optional<Schedule> schedule) {
    var end = new StepPasses(plan, optimizer, micro, outputs, schedule);
    return parallelize(end, end);
  }

  /** As {@link #parallelize}, but every use of an offloaded weight fetches it. */
  public static Pipeline uncached(
      Plan plan,
      OptimizerSpec optimizer,
      MicroBatching micro,
      List<Port> outputs,
      Optional<Schedule> schedule) {
    var end = new StepPasses(plan, optimizer, micro, outputs, schedule);
    return parallelize(end, end.uncached());
  }

  /**
   * The passes.
   *
   * @param intended what the plan means, for which a budget is met
   * @param end what is done
   */
  private static Pipeline parallelize(StepPasses intended, StepPasses end) {
    var plan = intended.plan();
    var optimizer = intended.optimizer();
    var stage = plan.pipeline().<Pass>map(p -> new Stage(Optional.of(p)));
    var passes = new ArrayList<>(differentiation(scaling(optimizer), stage));
    passes.add(new Shard(plan));
    passes.add(new Lower());
    // Lowering leaves equal slices and collectives behind: share them before they are packed.
    passes.add(new Simplify());
    // No pass that shares equal code may follow: it would merge what is computed again.
    passes.add(remat(intended));
    passes.addAll(end.inOrder());
    return new Pipeline(passes);
  }

  /** Computes again what the plan says; a budget is met for the step that follows. */
  public static Remat remat(StepPasses end) {
    // A cache that is to fit a peak takes what memory is left over.
    var made = end.plan().cache() instanceof CachePlan.Peak ? end.uncached() : end;
    return new Remat(end.plan().remat(), made.memory());
  }

  /** The passes of {@link #differentiate()}. */
  static List<Pass> differentiation() {
    return differentiation(Optional.empty(), Optional.empty());
  }

  private static List<Pass> differentiation(Optional<Pass> scaling, Optional<Pass> stage) {
    var passes = new ArrayList<Pass>();
    scaling.ifPresent(passes::add);
    // Invariants leave their loops before autodiff, or every iteration would save them.
    passes.add(new Simplify());
    // Each stage is differentiated by itself.
    stage.ifPresent(passes::add);
    // Composites know a better gradient than their parts: expand afterwards.
    passes.add(new Autodiff());
    passes.add(new ExpandComposites());
    passes.add(new Simplify());
    return passes;
  }
}
