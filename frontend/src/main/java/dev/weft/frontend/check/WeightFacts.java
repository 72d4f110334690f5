package dev.weft.frontend.check;

/**
 * What an optimizer asks about a weight.
 *
 * @param rank the number of its axes
 * @param layerAxes how many of them, in front, count the layers of repeats
 */
record WeightFacts(int rank, int layerAxes) {
  /** Whether it is a vector, or a number, in each layer. */
  boolean isVector() {
    return rank - layerAxes <= 1;
  }
}
