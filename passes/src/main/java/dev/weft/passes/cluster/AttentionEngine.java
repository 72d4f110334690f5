package dev.weft.passes.cluster;

/**
 * What fused attention reaches of the matrix engine's peak ({@code docs/cost-model.md}, "Compute").
 *
 * @param forward share of the peak for wide heads and long sequences
 * @param backward the same of the backward kernel
 * @param width elements: the exponential of a score costs as much as this many more elements of key
 *     and value
 * @param fill positions: to begin and end a block costs as much as attending to this many more
 * @param rows queries of one block, which one unit works on
 * @param floorSeconds seconds of the smallest kernel on the device
 * @param flash2 speed of FlashAttention 2 relative to the kernels that the other constants
 *     describe: 1 where those are of it, less where newer kernels use more of the device
 */
public record AttentionEngine(
    double forward,
    double backward,
    double width,
    double fill,
    int rows,
    double floorSeconds,
    double flash2) {

  /** Of a device that nobody measured. */
  public static final AttentionEngine USUAL = new AttentionEngine(0.72, 0.6, 54, 120, 128, 5e-6, 1);

  public AttentionEngine {
    Ratio.requireShare("forward", forward);
    Ratio.requireShare("backward", backward);
    Ratio.requireNotNegative("width", width);
    Ratio.requireNotNegative("fill", fill);
    Ratio.requirePositive("rows", rows);
    Ratio.requireNotNegative("floorSeconds", floorSeconds);
    Ratio.requireShare("flash2", flash2);
  }
}
