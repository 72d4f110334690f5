package dev.weft.passes.price;

import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.MatrixEngine;
import dev.weft.passes.cluster.ProductFormat;
import java.util.stream.Stream;

/**
 * The time of a multiplication: the result is cut into tiles, the tiles are dealt to the units in
 * waves, and the tile shape is the one that ends first, as a library would choose. Kernels of one
 * group of products each start and drain, but the tiles of the next take the units that the last
 * wave of one leaves.
 */
final class GemmTime {
  private final Tile[] tiles;
  private final Peaks peaks;
  private final MatrixEngine engine;
  private final int units;

  /** Bytes/s that reach the memory. */
  private final double bandwidth;

  GemmTime(DeviceSpec device) {
    this.engine = device.matrix();
    this.units = device.units();
    this.peaks = new Peaks(device);
    this.bandwidth = device.memoryBandwidth() * device.stream().bandwidth();
    this.tiles = Tile.offered(engine);
  }

  /**
   * A tile that libraries offer.
   *
   * @param flopsPerStep flops that one step along the inner dimension takes as long as, with what
   *     it takes to bring the operands
   */
  private record Tile(int rows, int columns, double flopsPerStep) {

    static Tile[] offered(MatrixEngine engine) {
      return Stream.of(
              of(256, 128, engine),
              of(128, 256, engine),
              of(128, 128, engine),
              of(128, 64, engine),
              of(64, 128, engine),
              of(64, 64, engine))
          .toArray(Tile[]::new);
    }

    private static Tile of(int rows, int columns, MatrixEngine engine) {
      double load = 1 + engine.operandLoad() * (1.0 / rows + 1.0 / columns);
      return new Tile(rows, columns, 2.0 * rows * columns * load);
    }

    double count(Gemm gemm) {
      return (double) gemm.batch() * ceilDiv(gemm.m(), rows) * ceilDiv(gemm.n(), columns);
    }

    private static long ceilDiv(long size, int tile) {
      return (size + tile - 1) / tile;
    }
  }

  double seconds(Gemm gemm) {
    double peak = peaks.flops(gemm);
    double speed = gemm.format() == ProductFormat.TRAINING ? 1 : engine.narrowSpeed();
    double issued = issuedFlops(gemm) / (peak * Math.min(1, speed * engine.issue()));
    double powered = gemm.flops() / (peak * Math.min(1, speed * engine.sustained()));
    double result = gemm.resultBytes() / bandwidth;
    double moved = gemm.operandBytes() / bandwidth + result;
    double compute = Math.max(issued, powered) + engine.exposedOutput() * result;
    return gemm.kernels() * engine.floorSeconds() + Math.max(compute, moved);
  }

  /**
   * The flops that the device could have issued while its busiest unit works, with the best tile.
   */
  private double issuedFlops(Gemm gemm) {
    double least = Double.POSITIVE_INFINITY;
    for (var tile : tiles) {
      double waves = Math.ceil(tile.count(gemm) / units);
      least = Math.min(least, waves * tile.flopsPerStep());
    }
    return least * (gemm.k() + engine.fillDepth()) * units;
  }
}
