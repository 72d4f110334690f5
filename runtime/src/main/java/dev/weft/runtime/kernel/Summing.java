package dev.weft.runtime.kernel;

/** Sums over the loops of a nest along which the result stands still. */
final class Summing {
  private Summing() {}

  /**
   * Adds every element to its place.
   *
   * @param nest loops over the operand (tensor 0) and the result (tensor 1)
   */
  static void run(Nest nest, Operand operand, double[] result) {
    int n = nest.length();
    int xStep = nest.step(0);
    int yStep = nest.step(1);
    var x = operand.values();
    nest.forEachRow(
        at -> {
          int xAt = operand.start() + at[0];
          if (yStep == 0) {
            result[at[1]] += sum(n, x, xAt, xStep);
          } else {
            add(n, x, xAt, xStep, result, at[1], yStep);
          }
        });
  }

  private static double sum(int n, double[] x, int at, int step) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[at + i * step];
    }
    return sum;
  }

  private static void add(int n, double[] x, int xAt, int xStep, double[] y, int yAt, int yStep) {
    for (int i = 0; i < n; i++) {
      y[yAt + i * yStep] += x[xAt + i * xStep];
    }
  }
}
