package dev.weft.runtime.kernel;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.List;

/** Copies elements between tensors whose axes have the same names in any order. */
final class Copying {
  private final Nest nest;

  /** Copies along the dimensions; an axis that the source lacks is repeated. */
  Copying(List<Dim> dims, TensorType from, TensorType to) {
    this.nest = Nest.of(dims, from, to);
  }

  void run(double[] from, int fromStart, double[] to, int toStart) {
    int n = nest.length();
    int fromStep = nest.step(0);
    int toStep = nest.step(1);
    nest.forEachRow(
        at -> {
          int f = fromStart + at[0];
          int t = toStart + at[1];
          if (fromStep == 1 && toStep == 1) {
            System.arraycopy(from, f, to, t, n);
          } else {
            strided(n, from, f, fromStep, to, t, toStep);
          }
        });
  }

  private static void strided(
      int n, double[] from, int f, int fromStep, double[] to, int t, int toStep) {
    for (int i = 0; i < n; i++) {
      to[t + i * toStep] = from[f + i * fromStep];
    }
  }
}
