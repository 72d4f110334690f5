package dev.weft.passes.cluster;

/**
 * What fused attention reaches of the matrix engine's peak.
 *
 * @param forward share of the peak for long sequences with a head dimension of 128
 * @param backward the same of the backward kernel
 * @param ramp positions: a sequence of {@code s} runs at {@code s / (s + ramp)} of that
 * @param floorSeconds seconds of the smallest kernel on the device
 */
public record AttentionEngine(double forward, double backward, double ramp, double floorSeconds) {

  /** Of a device that nobody measured. */
  public static final AttentionEngine USUAL = new AttentionEngine(0.6, 0.5, 300, 6e-6);

  public AttentionEngine {
    Ratio.requireShare("forward", forward);
    Ratio.requireShare("backward", backward);
    Ratio.requireNotNegative("ramp", ramp);
    Ratio.requireNotNegative("floorSeconds", floorSeconds);
  }
}
