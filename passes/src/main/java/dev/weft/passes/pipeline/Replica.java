package dev.weft.passes.pipeline;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.passes.core.Pipeline;
import dev.weft.passes.lower.Lower;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.shard.Shard;
import dev.weft.passes.simplify.Simplify;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is the same in all replicas and for all micro-batches of a plan: the gradients of one
 * micro-batch of one replica, its tensors cut and recomputation applied, its depth whole. Replicas
 * that work together, since experts lie among them, count as one.
 */
public final class Replica {
  private Replica() {}

  /**
   * The plan of a replica: no other replicas, no pipeline, one micro-batch. What replicas that work
   * together have in common is summed over them after the last micro-batch only. Mesh axes of one
   * device cut nothing and are left out, so that plans whose replicas do the same have equal plans
   * of them.
   */
  public static Plan plan(Plan whole) {
    var others = new ArrayList<>(whole.freeReplicas());
    whole.pipeline().map(PipelinePlan::over).ifPresent(others::add);
    var axes =
        whole.mesh().axes().stream()
            .filter(axis -> axis.size() > 1 && !others.contains(axis.name()))
            .toList();
    var left = axes.stream().map(MeshAxis::name).toList();
    return new Plan(
        new Mesh(axes),
        whole.shard().stream().flatMap(rule -> over(left, rule)).toList(),
        1,
        new OptimizerSharding(0, whole.tiedReplicas()),
        Optional.empty(),
        whole.remat(),
        Set.of(),
        new CachePlan.None(),
        whole.prefetch());
  }

  private static Stream<AxisRule> over(List<String> left, AxisRule rule) {
    var over = rule.over().stream().filter(left::contains).toList();
    return over.isEmpty()
        ? Stream.empty()
        : Stream.of(new AxisRule(rule.axis(), over, rule.scope(), rule.stages(), rule.why()));
  }

  /** From the model of one micro-batch of one replica to its gradients. */
  public static Pipeline differentiation() {
    return new Pipeline(Pipelines.differentiation());
  }

  /**
   * From gradients to the program of one device.
   *
   * @param replica as {@link #plan} makes it
   */
  public static Pipeline lowering(Plan replica, Module grads) {
    return new Pipeline(
        List.of(new Shard(replica), new Lower(), new Simplify()), grads.properties());
  }

  /**
   * What the backward of a lowered program computes again.
   *
   * @param replica as {@link #plan} makes it
   * @param outputs of the model
   */
  public static Pipeline remat(
      Plan replica,
      OptimizerSpec optimizer,
      MicroBatching micro,
      List<Port> outputs,
      Module lowered) {
    var end = new StepPasses(replica, optimizer, micro, outputs, Optional.empty());
    return new Pipeline(List.of(Pipelines.remat(end)), lowered.properties());
  }
}
