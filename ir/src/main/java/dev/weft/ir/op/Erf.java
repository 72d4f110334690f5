package dev.weft.ir.op;

/**
 * The error function to full double precision: a Maclaurin series near zero, a continued fraction
 * in the tails (Abramowitz and Stegun 7.1.6 and 7.1.14).
 */
final class Erf {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
  private static final double TAIL = 2.5;

  private Erf() {}

  static double erf(double x) {
    double size = Math.abs(x);
    double value = size < TAIL ? series(size) : 1 - complement(size);
    return x < 0 ? -value : value;
  }

  /** 2/sqrt(pi) exp(-x²) Σ 2^n x^(2n+1) / (1·3·…·(2n+1)): all terms positive. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * 1e-18; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
  }

  /** exp(-x²)/sqrt(pi) · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))). */
  private static double complement(double x) {
    if (x > 6) {
      return 0;
    }
    double fraction = 0;
    for (int k = 120; k >= 1; k--) {
      fraction = 0.5 * k / (x + fraction);
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
  }
}
