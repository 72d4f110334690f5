package dev.weft.passes.cluster;

import dev.weft.ir.type.DType;
import java.util.Map;
import java.util.TreeMap;

/**
 * An accelerator: what its data sheet says, and how much of that its engines reach.
 *
 * @param name such as {@code a100-sxm4-80}
 * @param memoryBytes bytes of device memory
 * @param memoryBandwidth bytes/s between the device memory and the chip
 * @param matrixFlops dense peak flop/s of the matrix engine by the text of the operands' dtype:
 *     {@code bf16}, {@code f16}, {@code f32} (where frameworks use a reduced format by default, its
 *     rate), {@code f8} or {@code f4}
 * @param vectorFlops peak flop/s of the vector units in f32
 * @param units the processors that tiles of work are spread over: streaming multiprocessors, cores
 * @param cacheBytes bytes of the cache that all units share
 * @param matrix what multiplications reach
 * @param stream what operations bound by memory reach
 * @param attention what fused attention reaches
 */
public record DeviceSpec(
    String name,
    long memoryBytes,
    double memoryBandwidth,
    Map<String, Double> matrixFlops,
    double vectorFlops,
    int units,
    long cacheBytes,
    MatrixEngine matrix,
    StreamEngine stream,
    AttentionEngine attention) {

  public DeviceSpec {
    matrixFlops = new TreeMap<>(matrixFlops);
    if (memoryBytes <= 0 || units <= 0 || cacheBytes < 0) {
      throw new IllegalArgumentException(name + ": memory and units are positive");
    }
    Ratio.requirePositive("memoryBandwidth", memoryBandwidth);
    Ratio.requirePositive("vectorFlops", vectorFlops);
    matrixFlops.forEach((dtype, flops) -> Ratio.requirePositive("matrixFlops." + dtype, flops));
  }

  /** A device of which only the data sheet is known: its engines reach what is usual. */
  public static DeviceSpec fromDataSheet(
      String name,
      long memoryBytes,
      double memoryBandwidth,
      Map<String, Double> matrixFlops,
      double vectorFlops,
      int units,
      long cacheBytes) {
    return new DeviceSpec(
        name,
        memoryBytes,
        memoryBandwidth,
        matrixFlops,
        vectorFlops,
        units,
        cacheBytes,
        MatrixEngine.USUAL,
        StreamEngine.USUAL,
        AttentionEngine.USUAL);
  }

  /** The same device with another matrix engine. */
  public DeviceSpec with(MatrixEngine engine) {
    return with(engine, stream, attention);
  }

  /** The same device with another stream engine. */
  public DeviceSpec with(StreamEngine engine) {
    return with(matrix, engine, attention);
  }

  /** The same device with another attention engine. */
  public DeviceSpec with(AttentionEngine engine) {
    return with(matrix, stream, engine);
  }

  private DeviceSpec with(MatrixEngine gemms, StreamEngine streams, AttentionEngine attentions) {
    return new DeviceSpec(
        name,
        memoryBytes,
        memoryBandwidth,
        matrixFlops,
        vectorFlops,
        units,
        cacheBytes,
        gemms,
        streams,
        attentions);
  }

  /**
   * Peak flop/s at which operands of {@code dtype} are multiplied; what the matrix engine does not
   * take goes through the vector units.
   */
  public double matrixFlops(DType dtype) {
    return matrixFlops.getOrDefault(dtype.text(), vectorFlops);
  }

  /**
   * Whether the matrix engine has a rate for a format; every device multiplies in training's own.
   */
  public boolean takes(ProductFormat format) {
    return format.rate().stream().allMatch(matrixFlops::containsKey);
  }

  /**
   * Peak flop/s of products with operands of {@code format} in a training of {@code dtype}; what
   * the matrix engine does not take goes in the training precision.
   */
  public double matrixFlops(ProductFormat format, DType dtype) {
    return format.rate().map(matrixFlops::get).orElseGet(() -> matrixFlops(dtype));
  }
}
