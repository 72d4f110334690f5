package dev.weft.ir.plan;

import dev.weft.ir.mesh.Mesh;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every parallelisation choice for one model on one number of devices. Applying a plan is a
 * sequence of rewrites; the plan itself is data that can be read, edited and stored.
 *
 * @param mesh the devices
 * @param shard which axes are cut, in order of precedence
 * @param microBatches into how many pieces the batch of one replica is cut, to be accumulated
 * @param pipeline how the model is cut along its depth; empty where it is not
 * @param offload what lives in host memory
 * @param cache where offloaded weights stay between their uses
 * @param prefetch whether what a layer needs is brought a layer ahead
 * @param why reasons for people, a line each; the program does not depend on them
 */
public record Plan(
    Mesh mesh,
    List<AxisRule> shard,
    int microBatches,
    OptimizerSharding optimizerSharding,
    Optional<PipelinePlan> pipeline,
    RematPlan remat,
    Set<Offload> offload,
    CachePlan cache,
    Prefetch prefetch,
    List<String> why) {
  /** The version of the JSON form. */
  public static final int VERSION = 1;

  /** One device, nothing cut. */
  public static final Plan SERIAL = new Plan(Mesh.SINGLE, List.of(), 1, OptimizerSharding.NONE);

  public Plan {
    shard = List.copyOf(shard);
    why = List.copyOf(why);
    offload = offload.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(offload));
    if (microBatches < 1) {
      throw new IllegalArgumentException("micro-batches " + microBatches);
    }
  }

  /** Without reasons. */
  public Plan(
      Mesh mesh,
      List<AxisRule> shard,
      int microBatches,
      OptimizerSharding optimizerSharding,
      Optional<PipelinePlan> pipeline,
      RematPlan remat,
      Set<Offload> offload,
      CachePlan cache,
      Prefetch prefetch) {
    this(
        mesh,
        shard,
        microBatches,
        optimizerSharding,
        pipeline,
        remat,
        offload,
        cache,
        prefetch,
        List.of());
  }

  /** Without stages, rematerialization or offload; prefetched where there is anything to. */
  public Plan(
      Mesh mesh, List<AxisRule> shard, int microBatches, OptimizerSharding optimizerSharding) {
    this(
        mesh,
        shard,
        microBatches,
        optimizerSharding,
        Optional.empty(),
        new RematPlan.None(),
        Set.of(),
        new CachePlan.None(),
        Prefetch.ON);
  }

  /**
   * The mesh axes of replicas that work together: more than one rule cuts along them, such as one
   * for the batch and one for experts, so that replicas have to exchange something for every
   * micro-batch.
   */
  public List<String> tiedReplicas() {
    return optimizerSharding.all().stream()
        .filter(axis -> mesh.size(axis) > 1)
        .filter(axis -> shard.stream().filter(rule -> rule.over().contains(axis)).count() > 1)
        .toList();
  }

  /** The mesh axes of replicas that meet only where gradients are summed. */
  public List<String> freeReplicas() {
    var tied = tiedReplicas();
    return optimizerSharding.all().stream().filter(axis -> !tied.contains(axis)).toList();
  }

  public Plan withShard(List<AxisRule> rules) {
    return new Plan(
        mesh,
        rules,
        microBatches,
        optimizerSharding,
        pipeline,
        remat,
        offload,
        cache,
        prefetch,
        why);
  }

  public Plan withPipeline(PipelinePlan stages) {
    return new Plan(
        mesh,
        shard,
        microBatches,
        optimizerSharding,
        Optional.of(stages),
        remat,
        offload,
        cache,
        prefetch,
        why);
  }

  public Plan withOffload(Set<Offload> what) {
    return new Plan(
        mesh, shard, microBatches, optimizerSharding, pipeline, remat, what, cache, prefetch, why);
  }

  public Plan withRemat(RematPlan policy) {
    return new Plan(
        mesh,
        shard,
        microBatches,
        optimizerSharding,
        pipeline,
        policy,
        offload,
        cache,
        prefetch,
        why);
  }

  public Plan withPrefetch(Prefetch choice) {
    return new Plan(
        mesh, shard, microBatches, optimizerSharding, pipeline, remat, offload, cache, choice, why);
  }

  public Plan withCache(CachePlan memory) {
    return new Plan(
        mesh,
        shard,
        microBatches,
        optimizerSharding,
        pipeline,
        remat,
        offload,
        memory,
        prefetch,
        why);
  }

  public Plan withWhy(List<String> reasons) {
    return new Plan(
        mesh,
        shard,
        microBatches,
        optimizerSharding,
        pipeline,
        remat,
        offload,
        cache,
        prefetch,
        reasons);
  }
}
