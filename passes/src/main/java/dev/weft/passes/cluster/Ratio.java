package dev.weft.passes.cluster;

/** What the numbers of a specification must satisfy. */
final class Ratio {
  private Ratio() {}

  static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is positive and finite, not " + value);
    }
  }

  static void requireNotNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is not negative and finite, not " + value);
    }
  }

  /** A share of a peak: above 0, at most 1. */
  static void requireShare(String name, double value) {
    if (!(value > 0) || value > 1) {
      throw new IllegalArgumentException(name + " is above 0 and at most 1, not " + value);
    }
  }
}
