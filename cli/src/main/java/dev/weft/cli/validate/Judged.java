package dev.weft.cli.validate;

import java.util.OptionalDouble;

/** A run that was priced. */
public record Judged(RowCase row, Predicted predicted) {
  /** Of the step's time; absent where the run failed. */
  public OptionalDouble timeError() {
    return error(predicted.seconds(), row.run().outcome().seconds());
  }

  /** Of the peak of memory; absent where none was measured. */
  public OptionalDouble memoryError() {
    return error(predictedBytes(), row.run().outcome().peakBytes());
  }

  /** What is predicted of the reading that was published. */
  public double predictedBytes() {
    return predicted.bytes(row.run().outcome().reading());
  }

  /** Whether its model has experts. */
  public boolean hasExperts() {
    return row.setting().architecture().feed().hasExperts();
  }

  /** Whether the run failed for want of memory. */
  public boolean isOutOfMemory() {
    return row.run().outcome().isOutOfMemory();
  }

  private static OptionalDouble error(double predicted, OptionalDouble measured) {
    return measured.isPresent()
        ? OptionalDouble.of(predicted / measured.getAsDouble() - 1)
        : measured;
  }
}
