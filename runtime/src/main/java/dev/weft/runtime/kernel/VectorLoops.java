package dev.weft.runtime.kernel;

/**
 * Innermost loops of the frequent element-wise functions, with the steps 0 and 1 written out so
 * that HotSpot makes vector code of them.
 */
final class VectorLoops {
  private VectorLoops() {}

  static void add(
      int n, double[] y, int yAt, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep) {
    if (aStep == 1 && bStep == 1) {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] + b[bAt + i];
      }
    } else if (aStep == 1 && bStep == 0) {
      double constant = b[bAt];
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] + constant;
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] + b[bAt + i * bStep];
      }
    }
  }

  static void subtract(
      int n, double[] y, int yAt, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep) {
    if (aStep == 1 && bStep == 1) {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] - b[bAt + i];
      }
    } else if (aStep == 1 && bStep == 0) {
      double constant = b[bAt];
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] - constant;
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] - b[bAt + i * bStep];
      }
    }
  }

  static void multiply(
      int n, double[] y, int yAt, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep) {
    if (aStep == 1 && bStep == 1) {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] * b[bAt + i];
      }
    } else if (aStep == 1 && bStep == 0) {
      double constant = b[bAt];
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] * constant;
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] * b[bAt + i * bStep];
      }
    }
  }
}
