package dev.weft.runtime.train;

import dev.weft.runtime.tensor.Tensor;
import java.util.Map;

/**
 * How far a parallel run is from the serial one, over all steps that were compared.
 *
 * <p>The error of a loss is |a - b| / |b|. The error of a tensor is max |a - b| / max(max |b|, s),
 * with s a thousandth of the largest entry of all tensors compared with it (the outputs, the
 * gradients, or the weights of the step): a gradient that is zero but for rounding, such as that of
 * a key bias under a softmax, is measured against the gradients that were added up to it. A number
 * that is not finite, on either side, makes the error infinite; so does a replica that differs from
 * its twins.
 */
public final class Comparison {
  private static final double TINY = Double.MIN_NORMAL;
  private static final double SMALL = 1e-3;

  private double loss;
  private double outputs;
  private double gradients;
  private double weights;
  private String worst = "";
  private double worstError = -1;

  /** Compares one step. */
  public void add(StepResult parallel, StepResult serial) {
    double distance = Math.abs(parallel.loss() - serial.loss());
    loss = Math.max(loss, note("loss", relative(distance, Math.abs(serial.loss()))));
    outputs = Math.max(outputs, worst("output ", parallel.outputs(), serial.outputs()));
    gradients = Math.max(gradients, worst("gradient ", parallel.gradients(), serial.gradients()));
    parallel
        .divergence()
        .ifPresent(what -> gradients = note("replicas of " + what, Double.POSITIVE_INFINITY));
  }

  /** Compares weights after a step. */
  public void addWeights(Map<String, Tensor> parallel, Map<String, Tensor> serial) {
    weights = Math.max(weights, worst("weight ", parallel, serial));
  }

  public double lossMaxRelError() {
    return loss;
  }

  public double outputMaxRelError() {
    return outputs;
  }

  public double gradMaxRelError() {
    return gradients;
  }

  public double weightMaxRelError() {
    return weights;
  }

  /** What has the largest error, such as {@code gradient wte}. */
  public String worst() {
    return worst;
  }

  /** Whether every error is at most a tolerance. */
  public boolean passed(double tolerance) {
    return loss <= tolerance
        && outputs <= tolerance
        && gradients <= tolerance
        && weights <= tolerance;
  }

  /** The largest error of tensors. */
  private double worst(String kind, Map<String, Tensor> parallel, Map<String, Tensor> serial) {
    if (!parallel.keySet().equals(serial.keySet())) {
      throw new IllegalArgumentException(parallel.keySet() + " against " + serial.keySet());
    }
    double floor =
        SMALL * serial.values().stream().mapToDouble(Comparison::largest).max().orElse(0);
    double result = 0;
    for (var entry : serial.entrySet()) {
      var mine = parallel.get(entry.getKey());
      if (mine == null || !mine.type().equals(entry.getValue().type())) {
        throw new IllegalArgumentException(entry.getKey() + " is " + mine);
      }
      double size = Math.max(largest(entry.getValue()), floor);
      double error = relative(distance(mine, entry.getValue()), size);
      result = Math.max(result, note(kind + entry.getKey(), error));
    }
    return result;
  }

  private double note(String what, double error) {
    if (error > worstError) {
      worstError = error;
      worst = what;
    }
    return error;
  }

  private static double relative(double distance, double size) {
    double error = distance == 0 ? 0 : distance / Math.max(size, TINY);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (int i = 0; i < tensor.size(); i++) {
      double size = Math.abs(tensor.get(i));
      largest = size > largest ? size : largest;
    }
    return largest;
  }

  /** The largest difference; infinite where there is no number. */
  private static double distance(Tensor a, Tensor b) {
    double distance = 0;
    for (int i = 0; i < a.size(); i++) {
      double difference = Math.abs(a.get(i) - b.get(i));
      if (!(difference <= Double.MAX_VALUE)) {
        return Double.POSITIVE_INFINITY;
      }
      distance = Math.max(distance, difference);
    }
    return distance;
  }
}
