package dev.weft.passes.price;

import dev.weft.passes.cluster.DeviceSpec;

/**
 * The time of a multiplication: the result is cut into tiles, the tiles are dealt to the units in
 * waves, and the tile shape is the one that ends first, as a library would choose.
 */
final class GemmTime {
  /** Rows and columns of the tiles that libraries offer. */
  private static final int[][] TILES = {
    {256, 128}, {128, 256}, {128, 128}, {128, 64}, {64, 128}, {64, 64}
  };

  private final DeviceSpec device;

  GemmTime(DeviceSpec device) {
    this.device = device;
  }

  double seconds(Gemm gemm) {
    var engine = device.matrix();
    double peak = device.matrixFlops(gemm.dtype());
    double issued = Double.POSITIVE_INFINITY;
    for (int[] tile : TILES) {
      issued = Math.min(issued, issueSeconds(gemm, tile[0], tile[1], peak));
    }
    double powered = gemm.flops() / (peak * engine.sustained());
    double bandwidth = device.memoryBandwidth() * device.stream().bandwidth();
    double result = gemm.resultBytes() / bandwidth;
    double moved = gemm.operandBytes() / bandwidth + result;
    double compute = Math.max(issued, powered) + engine.exposedOutput() * result;
    return engine.floorSeconds() + Math.max(compute, moved);
  }

  /** When every unit works at its highest clock. */
  private double issueSeconds(Gemm gemm, int rows, int columns, double peak) {
    var engine = device.matrix();
    double tiles = (double) gemm.batch() * ceilDiv(gemm.m(), rows) * ceilDiv(gemm.n(), columns);
    double waves = Math.ceil(tiles / device.units());
    double depth = gemm.k() + engine.fillDepth();
    double load = 1 + engine.operandLoad() * (1.0 / rows + 1.0 / columns);
    double tileSeconds =
        2.0 * rows * columns * depth * load * device.units() / (peak * engine.issue());
    return waves * tileSeconds;
  }

  private static long ceilDiv(long size, int tile) {
    return (size + tile - 1) / tile;
  }
}
