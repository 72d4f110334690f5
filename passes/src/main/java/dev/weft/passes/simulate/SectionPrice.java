package dev.weft.passes.simulate;

/**
 * What one layer of a section takes for one micro-batch.
 *
 * @param forward seconds
 * @param inputGradient seconds of the part of the backward for which earlier layers wait
 * @param weightGradient seconds of the rest
 * @param savedBytes kept from the forward to the backward
 * @param peakBytes the most that either needs at once besides
 */
record SectionPrice(
    Seconds forward,
    Seconds inputGradient,
    Seconds weightGradient,
    long savedBytes,
    long peakBytes) {
  /** Seconds of all three. */
  double seconds() {
    return forward.total() + inputGradient.total() + weightGradient.total();
  }
}
