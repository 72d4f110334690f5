package dev.weft.passes.simulate;

/**
 * What a bound needs of the price of a stage: sums that were made once.
 *
 * @param forward seconds
 * @param inputGradient seconds
 * @param weightGradient seconds
 * @param total seconds of all three
 * @param savedBytes kept from the forward to the backward
 * @param peakBytes that its largest layer needs at once besides
 * @param workingBytes the same with what the stage receives
 */
record StageTimes(
    double forward,
    double inputGradient,
    double weightGradient,
    double total,
    long savedBytes,
    long peakBytes,
    long workingBytes) {
  static StageTimes of(StagePrice price) {
    double forward = price.forward().total();
    double inputGradient = price.inputGradient().total();
    double weightGradient = price.weightGradient().total();
    return new StageTimes(
        forward,
        inputGradient,
        weightGradient,
        forward + inputGradient + weightGradient,
        price.savedBytes(),
        price.peakBytes(),
        price.peakBytes() + price.inputBytes());
  }
}
