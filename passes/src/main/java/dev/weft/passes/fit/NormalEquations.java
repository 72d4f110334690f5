package dev.weft.passes.fit;

/** The equations of a step of damped least squares, of which some unknowns may be held. */
final class NormalEquations {
  private static final double TINY = 1e-9;

  private final double[][] curvature;
  private final double[] gradient;
  private final boolean[] held;

  NormalEquations(int unknowns) {
    this.curvature = new double[unknowns][unknowns];
    this.gradient = new double[unknowns];
    this.held = new boolean[unknowns];
  }

  void curvature(int row, int column, double added) {
    curvature[row][column] += added;
  }

  void gradient(int row, double added) {
    gradient[row] += added;
  }

  double gradient(int row) {
    return gradient[row];
  }

  /** Leaves an unknown where it is. */
  void hold(int unknown) {
    held[unknown] = true;
  }

  /** The step that solves them with a diagonal that is greater by a part. */
  double[] step(double damping) {
    int n = gradient.length;
    var a = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      if (held[i]) {
        a[i][i] = 1;
        continue;
      }
      for (int j = 0; j < n; j++) {
        a[i][j] = held[j] ? 0 : curvature[i][j];
      }
      a[i][i] = curvature[i][i] * (1 + damping) + TINY;
      a[i][n] = -gradient[i];
    }
    return solved(a);
  }

  /** By elimination; the matrix is positive definite, so that no pivot is sought. */
  private static double[] solved(double[][] a) {
    int n = a.length;
    for (int i = 0; i < n; i++) {
      for (int row = i + 1; row < n; row++) {
        double factor = a[row][i] / a[i][i];
        for (int column = i; column <= n; column++) {
          a[row][column] -= factor * a[i][column];
        }
      }
    }
    var solution = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double rest = a[i][n];
      for (int column = i + 1; column < n; column++) {
        rest -= a[i][column] * solution[column];
      }
      solution[i] = rest / a[i][i];
    }
    return solution;
  }
}
