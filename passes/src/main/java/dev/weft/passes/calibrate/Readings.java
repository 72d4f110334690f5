package dev.weft.passes.calibrate;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.fit.Measurement;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Layout;
import dev.weft.passes.price.Stream;
import java.util.List;
import java.util.Optional;

/**
 * What the benchmark measured. All times are the device's, in seconds; sizes are in bytes.
 *
 * @param format version of this form
 * @param floors of small kernels
 * @param streams operations bound by memory
 * @param gemms products
 * @param attention fused attention
 * @param host copies between host and device, all devices at once
 * @param update of weights on the host, by all processes at once
 * @param collectives among the devices of the machine
 * @param skipped what the machine could not do
 */
public record Readings(
    int format,
    Machine device,
    Floors floors,
    List<StreamReading> streams,
    List<GemmReading> gemms,
    List<AttentionReading> attention,
    List<CopyReading> host,
    Optional<UpdateReading> update,
    List<ExchangeReading> collectives,
    List<Skip> skipped) {
  /** The form that this version reads. */
  private static final int FORMAT = 1;

  public Readings {
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "these results have format "
              + format
              + ", not "
              + FORMAT
              + ": run the benchmark that `weft calibrate --emit-only` writes");
    }
    if (gemms.isEmpty() || streams.isEmpty() || host.isEmpty()) {
      throw new IllegalArgumentException(
          "\"gemms\", \"streams\" and \"host\" hold one measurement at least");
    }
  }

  /**
   * The machine.
   *
   * @param kind cuda, npu or cpu
   * @param name as the framework reports it
   * @param devices that were measured together
   * @param units processors of one device
   * @param torch version of the framework
   * @param date on which it was measured
   */
  public record Machine(
      String kind,
      String name,
      int devices,
      long memoryBytes,
      int units,
      long cacheBytes,
      String torch,
      String date,
      long hostMemoryBytes) {}

  /**
   * The smallest kernel.
   *
   * @param launchSeconds when the host launches one after the other
   * @param floorSeconds on the device alone
   */
  public record Floors(double launchSeconds, double floorSeconds) {}

  /**
   * An operation bound by memory.
   *
   * @param what it was
   * @param bytes read and written
   */
  public record StreamReading(String what, long bytes, double seconds) {
    Measurement measurement(String source) {
      return new Measurement(new Stream(bytes, 0), seconds, source);
    }

    /** Bytes per second. */
    double rate() {
      return bytes / seconds;
    }
  }

  /** A product; the names are those of {@link Gemm}. */
  public record GemmReading(
      DType dtype,
      long batch,
      long m,
      long n,
      long k,
      Layout layout,
      boolean accumulates,
      double seconds) {
    Measurement measurement(String source) {
      return new Measurement(kernel(), seconds, source);
    }

    /** Floating-point operations per second. */
    double rate() {
      return kernel().flops() / seconds;
    }

    private Gemm kernel() {
      return new Gemm(dtype, batch, m, n, k, layout, accumulates);
    }
  }

  /** Fused attention; the names are those of {@link AttentionKernel}. */
  public record AttentionReading(
      DType dtype,
      boolean isBackward,
      long batch,
      long heads,
      long kvHeads,
      long positions,
      long key,
      boolean isCausal,
      double seconds) {
    Measurement measurement(String source) {
      var kernel =
          new AttentionKernel(
              dtype, isBackward, batch, heads, kvHeads, positions, positions, key, key, isCausal);
      return new Measurement(kernel, seconds, source);
    }
  }

  /** Where a copy goes. */
  public enum Direction {
    TO_DEVICE,
    TO_HOST
  }

  /** A copy between host and device. */
  public record CopyReading(Direction direction, long bytes, double seconds) {
    /** Bytes per second. */
    double rate() {
      return bytes / seconds;
    }
  }

  /**
   * An update of weights in f32 by the host.
   *
   * @param bytes read and written, by all processes together
   */
  public record UpdateReading(long bytes, double seconds) {
    /** Bytes per second. */
    double rate() {
      return bytes / seconds;
    }
  }

  /** A collective or transfer among neighbouring devices. */
  public record ExchangeReading(ExchangeKind kind, int devices, long bytes, double seconds) {
    MeasuredExchange measurement() {
      return new MeasuredExchange(kind, devices, bytes, seconds);
    }
  }

  /** What could not be measured, and why. */
  public record Skip(String what, String why) {}

  /** The results of the benchmark, as it wrote them. */
  public static Checked<Readings> read(Source source) {
    return Specs.read(Readings.class, source);
  }
}
