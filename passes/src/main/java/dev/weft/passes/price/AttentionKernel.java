package dev.weft.passes.price;

import dev.weft.ir.type.DType;

/**
 * Attention in one kernel that keeps its scores on the chip (Dao, "FlashAttention-2", 2023).
 *
 * @param isBackward the gradients of queries, keys and values, the scores computed again
 * @param batch sequences
 * @param heads of the queries
 * @param kvHeads of keys and values
 * @param queries positions that attend
 * @param sources positions attended to
 * @param key elements of a head's query and key
 * @param value elements of a head's value
 * @param isCausal a position attends to none after it: half of the scores
 */
public record AttentionKernel(
    DType dtype,
    boolean isBackward,
    long batch,
    long heads,
    long kvHeads,
    long queries,
    long sources,
    long key,
    long value,
    boolean isCausal)
    implements Kernel {

  public AttentionKernel {
    if (Math.min(Math.min(batch, heads), Math.min(queries, sources)) < 0 || key < 1 || value < 1) {
      throw new IllegalArgumentException(
          "sizes of attention are not negative, and its heads not empty");
    }
  }

  /** Floating-point operations of all scores that the mask keeps. */
  public double flops() {
    double scores = (double) batch * heads * queries * sources * (isCausal ? 0.5 : 1);
    return scores * flopsPerScore();
  }

  /**
   * Floating-point operations of a pair of positions in one head: of the two products of a forward
   * kernel, or of the five of a backward one, which are the scores again and the gradients of
   * value, probabilities, query and key.
   */
  double flopsPerScore() {
    return isBackward ? 2.0 * (3 * key + 2 * value) : 2.0 * (key + value);
  }

  /** Bytes of all operands and results, each moved once. */
  public double bytes() {
    double query = (double) batch * heads * queries * (key + value);
    double source = (double) batch * kvHeads * sources * (key + value);
    return dtype.bytes() * (isBackward ? 2 : 1) * (query + source);
  }
}
