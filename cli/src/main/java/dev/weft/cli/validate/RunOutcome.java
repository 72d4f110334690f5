package dev.weft.cli.validate;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a published run measured.
 *
 * @param seconds of one step
 * @param peakBytes of the device with the highest peak
 * @param reading what those bytes are of
 * @param isOutOfMemory whether the run failed for want of memory
 */
public record RunOutcome(
    OptionalDouble seconds,
    OptionalDouble peakBytes,
    MemoryReading reading,
    boolean isOutOfMemory) {
  private static final double GIBI = 1L << 30;
  private static final String FAILED = "OOM";

  static RunOutcome of(CsvRow row) {
    var gibi = row.number("peak_memory_GB");
    var kind = row.text("memory_kind");
    boolean failed =
        row.text("quality").equals(FAILED)
            || row.text("peak_memory_GB").startsWith(FAILED)
            || kind.equals(FAILED)
            || row.text("notes").toUpperCase(Locale.ROOT).contains("RESULT: OOM");
    return new RunOutcome(
        failed ? OptionalDouble.empty() : StepTime.of(row),
        failed || gibi.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(GIBI * gibi.getAsDouble()),
        MemoryReading.of(kind),
        failed);
  }
}
