package dev.weft.passes.fit;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Looks for the least value of a function of positive numbers, one coordinate at a time: a step by
 * a factor is kept and grows where it helps, and shrinks where neither direction does.
 */
public final class CoordinateSearch {
  private static final int ROUNDS = 80;
  private static final double FIRST_STEP = 0.3;
  private static final double GROWTH = 1.3;
  private static final double SHRINKING = 0.6;

  private CoordinateSearch() {}

  /** The best point found from {@code start}, no coordinate of it above its limit. */
  public static double[] minimize(
      ToDoubleFunction<double[]> cost, double[] start, double[] limits) {
    var best = start.clone();
    double least = cost.applyAsDouble(best);
    var steps = new double[start.length];
    Arrays.fill(steps, FIRST_STEP);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        var up = moved(best, i, steps[i], limits);
        var down = moved(best, i, -steps[i], limits);
        double above = cost.applyAsDouble(up);
        double below = cost.applyAsDouble(down);
        if (Math.min(above, below) < least) {
          best = above < below ? up : down;
          least = Math.min(above, below);
          steps[i] *= GROWTH;
        } else {
          steps[i] *= SHRINKING;
        }
      }
    }
    return best;
  }

  private static double[] moved(double[] point, int coordinate, double step, double[] limits) {
    var moved = point.clone();
    moved[coordinate] = Math.min(moved[coordinate] * Math.exp(step), limits[coordinate]);
    return moved;
  }
}
