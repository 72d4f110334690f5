package dev.weft.cli.validate;

/**
 * What is predicted of a run.
 *
 * @param seconds of one step
 * @param peakBytes of tensors, on the device with the highest peak
 * @param updateBytes of tensors while the optimizer works, likewise
 * @param fullness what the device with the least free memory needs, as a part of what it has
 */
public record Predicted(double seconds, double peakBytes, double updateBytes, double fullness) {
  /** Whether the run stays within the memory of its devices. */
  public boolean fits() {
    return fullness <= 1;
  }

  /** What a reading would show. */
  double bytes(MemoryReading reading) {
    return switch (reading) {
      case STEP -> peakBytes;
      case UPDATE -> updateBytes;
    };
  }
}
