package dev.weft.cli.validate;

/**
 * What is predicted of a run.
 *
 * @param seconds of one step
 * @param peakBytes of the device with the highest peak, as its framework's allocator would report it
 * @param fits whether the run stays within the memory of its devices
 * @param binds what limits the step, in a word
 */
public record Predicted(double seconds, double peakBytes, boolean fits, String binds) {}
