package dev.weft.passes.fit;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Looks for the positive numbers under which residuals have the least weighted mean of absolute
 * values. Each round solves least squares in the logarithms of the numbers, with residuals weighted
 * by the inverse of their size (iteratively reweighted least squares, Holland and Welsch 1977) and
 * steps damped until they help (Marquardt 1963). A residual above 1 counts 1 + ln of itself, so
 * that what nothing explains does not decide.
 *
 * @param residuals for some numbers
 * @param weights of the residuals
 * @param least limit of each number, above 0
 * @param greatest limit of each number
 * @param expected the numbers without any evidence
 * @param ties what a squared distance of 1 between the logarithms of a number and its expectation
 *     costs, in mean residuals
 */
public record LeastDeviations(
    Function<double[], double[]> residuals,
    double[] weights,
    double[] least,
    double[] greatest,
    double[] expected,
    double[] ties) {
  private static final int ROUNDS = 20;
  private static final double STEP = 0.02;

  /** The greatest change of a logarithm in one round. */
  private static final double FARTHEST = 1;

  /** Below this size residuals are weighted alike. */
  private static final double SMALL = 0.01;

  private static final double FIRST_DAMPING = 0.01;
  private static final double MOST_DAMPING = 1e4;
  private static final double LEAST_GAIN = 1e-6;

  /** The best numbers found from {@code start}. */
  public double[] minimize(double[] start) {
    var best = start.clone();
    double lowest = cost(best);
    double damping = FIRST_DAMPING;
    for (int round = 0; round < ROUNDS; round++) {
      var system = system(best);
      double before = lowest;
      while (damping < MOST_DAMPING) {
        var tried = moved(best, system.step(damping));
        double cost = cost(tried);
        if (cost < lowest) {
          best = tried;
          lowest = cost;
          damping /= 4;
          break;
        }
        damping *= 4;
      }
      if (before - lowest < LEAST_GAIN) {
        break;
      }
    }
    return best;
  }

  /** What is minimized. */
  public double cost(double[] point) {
    double[] sizes = residuals.apply(point);
    double sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      double size = Math.abs(sizes[i]);
      sum += weights[i] * (size <= 1 ? size : 1 + Math.log(size));
    }
    double mean = sum / Arrays.stream(weights).sum();
    for (int j = 0; j < point.length; j++) {
      double distance = Math.log(point[j] / expected[j]);
      mean += ties[j] * distance * distance;
    }
    return mean;
  }

  /** Least squares around a point. */
  private NormalEquations system(double[] point) {
    double[] here = residuals.apply(point);
    var slopes = new double[point.length][];
    for (int j = 0; j < point.length; j++) {
      double step = point[j] * Math.exp(STEP) > greatest[j] ? -STEP : STEP;
      var beside = point.clone();
      beside[j] *= Math.exp(step);
      slopes[j] = residuals.apply(beside);
      for (int i = 0; i < here.length; i++) {
        slopes[j][i] = (slopes[j][i] - here[i]) / step;
      }
    }
    var system = new NormalEquations(point.length);
    double total = Arrays.stream(weights).sum();
    for (int i = 0; i < here.length; i++) {
      double size = Math.max(SMALL, Math.abs(here[i]));
      double weight = weights[i] / total / (size <= 1 ? size : size * size);
      for (int j = 0; j < point.length; j++) {
        system.gradient(j, weight * slopes[j][i] * here[i]);
        for (int k = 0; k < point.length; k++) {
          system.curvature(j, k, weight * slopes[j][i] * slopes[k][i]);
        }
      }
    }
    for (int j = 0; j < point.length; j++) {
      system.gradient(j, 2 * ties[j] * Math.log(point[j] / expected[j]));
      system.curvature(j, j, 2 * ties[j]);
    }
    for (int j = 0; j < point.length; j++) {
      if ((point[j] <= least[j] && system.gradient(j) > 0)
          || (point[j] >= greatest[j] && system.gradient(j) < 0)) {
        system.hold(j);
      }
    }
    return system;
  }

  private double[] moved(double[] point, double[] step) {
    var moved = point.clone();
    for (int j = 0; j < point.length; j++) {
      double value = point[j] * Math.exp(Math.clamp(step[j], -FARTHEST, FARTHEST));
      moved[j] = Math.clamp(value, least[j], greatest[j]);
    }
    return moved;
  }
}
