package dev.weft.passes.cluster;

/**
 * What operations bound by memory reach.
 *
 * @param bandwidth share of the peak memory bandwidth for large tensors
 * @param vector share of the peak of the vector units
 * @param floorSeconds seconds of the smallest kernel on the device
 */
public record StreamEngine(double bandwidth, double vector, double floorSeconds) {

  /** Of a device that nobody measured. */
  public static final StreamEngine USUAL = new StreamEngine(0.85, 0.5, 3e-6);

  public StreamEngine {
    Ratio.requireShare("bandwidth", bandwidth);
    Ratio.requireShare("vector", vector);
    Ratio.requireNotNegative("floorSeconds", floorSeconds);
  }
}
