package dev.weft.ir.plan;

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
 */
public record Knobs(int dp, int tp, boolean sequenceParallel, int microBatches, int zero) {
  public static final Knobs SERIAL = new Knobs(1, 1, false, 1, 0);

  public int devices() {
    return Math.multiplyExact(dp, tp);
  }
}
