package dev.weft.ir.plan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The usual degrees, as in {@code dp=2,tp=4,sp,micro=4,zero=1}: a shorthand from which a plan is
 * made for a given model.
 *
 * @param dp replicas, each with its share of the batch
 * @param tp devices that share each replica's tensors
 * @param sequenceParallel whether activations outside the tensor-parallel regions are cut along the
 *     sequence (Korthikanti et al. 2022, section 4.2.2)
 * @param microBatches pieces of each replica's batch
 * @param zero optimizer sharding level
 * @param hybrid replicas among which the optimizer's shares lie; empty for all of them
 * @param experts how the experts of a mixture are spread
 * @param pipeline how the model is cut along its depth
 * @param remat what the backward computes again
 * @param offload what lives in host memory
 * @param cache where offloaded weights stay between their uses
 * @param prefetch whether what a layer needs is brought a layer ahead
 */
public record Knobs(
    int dp,
    int tp,
    boolean sequenceParallel,
    int microBatches,
    int zero,
    OptionalInt hybrid,
    ExpertKnobs experts,
    PipelineKnobs pipeline,
    RematPlan remat,
    Set<Offload> offload,
    CachePlan cache,
    Prefetch prefetch) {
  public static final Knobs SERIAL = new Knobs(1, 1, false, 1, 0);

  public Knobs {
    offload = offload.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(offload));
  }

  /** Without a pipeline, rematerialization or offload. */
  public Knobs(int dp, int tp, boolean sequenceParallel, int microBatches, int zero) {
    this(
        dp,
        tp,
        sequenceParallel,
        microBatches,
        zero,
        OptionalInt.empty(),
        ExpertKnobs.none(tp),
        PipelineKnobs.NONE,
        new RematPlan.None(),
        Set.of(),
        new CachePlan.None(),
        Prefetch.ON);
  }

  public int devices() {
    return Math.multiplyExact(pipeline.degree(), Math.multiplyExact(dp, tp));
  }

  public Knobs withExperts(ExpertKnobs spread) {
    return new Knobs(
        dp,
        tp,
        sequenceParallel,
        microBatches,
        zero,
        hybrid,
        spread,
        pipeline,
        remat,
        offload,
        cache,
        prefetch);
  }

  public Knobs withPipeline(PipelineKnobs stages) {
    return new Knobs(
        dp,
        tp,
        sequenceParallel,
        microBatches,
        zero,
        hybrid,
        experts,
        stages,
        remat,
        offload,
        cache,
        prefetch);
  }
}
