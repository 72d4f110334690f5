package dev.weft.passes.simulate;

/**
 * What comes before the first work of a place.
 *
 * @param update seconds of the update of the weights, from the beginning of the step
 * @param gathering seconds of the part of their gathering that nothing hides, after the update
 * @param gathered for each stage of the place the seconds at which its weights are there, where
 *     that may be after its first work has begun; otherwise 0
 */
record StepStart(double update, double gathering, double[] gathered) {
  /** When the first work may begin. */
  double end() {
    return update + gathering;
  }
}
