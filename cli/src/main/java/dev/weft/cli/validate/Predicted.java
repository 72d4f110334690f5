package dev.weft.cli.validate;

/**
 * What is predicted of a run.
 *
 * @param seconds of one step
 * @param peakBytes of tensors, on the device with the highest peak
 * @param fits whether the run stays within the memory of its devices
 */
public record Predicted(double seconds, double peakBytes, boolean fits) {}
