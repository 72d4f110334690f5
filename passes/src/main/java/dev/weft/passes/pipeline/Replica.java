package dev.weft.passes.pipeline;

import dev.weft.ir.graph.Port;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.Pipeline;
import dev.weft.passes.lower.Lower;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.shard.Shard;
import dev.weft.passes.simplify.Simplify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is the same in all replicas and for all micro-batches of a plan: the gradients of one
 * micro-batch of one replica, its tensors cut and recomputation applied, its depth whole.
 */
public final class Replica {
  private Replica() {}

  /** The plan of a replica: no other replicas, no pipeline, one micro-batch. */
  public static Plan plan(Plan whole) {
    var ones = new ArrayList<>(whole.optimizerSharding().all());
    whole.pipeline().map(PipelinePlan::over).ifPresent(ones::add);
    var axes =
        whole.mesh().axes().stream()
            .map(a -> ones.contains(a.name()) ? new MeshAxis(a.name(), 1) : a)
            .toList();
    return new Plan(
        new Mesh(axes),
        whole.shard(),
        1,
        new OptimizerSharding(0, whole.optimizerSharding().over()),
        Optional.empty(),
        whole.remat(),
        Set.of(),
        new CachePlan.None(),
        whole.prefetch());
  }

  /**
   * The passes from the model of one micro-batch of one replica to its lowered gradients.
   *
   * @param replica as {@link #plan} makes it
   * @param outputs of the model
   */
  public static Pipeline passes(
      Plan replica, OptimizerSpec optimizer, MicroBatching micro, List<Port> outputs) {
    var passes = new ArrayList<Pass>(Pipelines.differentiation());
    passes.add(new Shard(replica));
    passes.add(new Lower());
    passes.add(new Simplify());
    var end = new StepPasses(replica, optimizer, micro, outputs, Optional.empty());
    passes.add(Pipelines.remat(end));
    return new Pipeline(passes);
  }
}
