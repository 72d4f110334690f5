package dev.weft.runtime.train;

import dev.weft.runtime.tensor.Tensor;
import java.util.Map;

/**
 * How far a parallel run is from the serial one, over all steps that were compared.
 *
 * <p>The error of a tensor is max |a - b| / max(max |b|, s), where s is a thousandth of the largest
 * entry of all tensors compared with it (the outputs, the gradients or the weights of the step): a
 * gradient that is zero but for rounding, such as that of a key bias, is measured against the
 * gradients that were added up to it. The error of a loss is |a - b| / max(|b|, 1e-300). A number
 * that is not finite on one side alone makes the error infinite.
 */
public final class Comparison {
  private static final double FLOOR = 1e-3;

  private double loss;
  private double outputs;
  private double gradients;
  private double weights;
  private String worst = "";
  private double worstError = -1;

  /** Compares one step. */
  public void add(StepResult parallel, StepResult serial) {
    double error = relative(Math.abs(parallel.loss() - serial.loss()), Math.abs(serial.loss()));
    loss = Math.max(loss, note("loss", error));
    outputs = Math.max(outputs, worst("output ", parallel.outputs(), serial.outputs()));
    gradients = Math.max(gradients, worst("gradient ", parallel.gradients(), serial.gradients()));
  }

  /** Compares the weights after a step. */
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

  private double worst(String kind, Map<String, Tensor> parallel, Map<String, Tensor> serial) {
    if (!parallel.keySet().equals(serial.keySet())) {
      throw new IllegalArgumentException(parallel.keySet() + " against " + serial.keySet());
    }
    double scale = serial.values().stream().mapToDouble(Comparison::largest).max().orElse(0);
    double result = 0;
    for (var entry : serial.entrySet()) {
      var mine = parallel.get(entry.getKey());
      if (mine == null || !mine.type().equals(entry.getValue().type())) {
        throw new IllegalArgumentException(entry.getKey() + " is " + mine);
      }
      double floor = Math.max(largest(entry.getValue()), FLOOR * scale);
      double error = relative(distance(mine, entry.getValue()), floor);
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
    if (distance == 0) {
      return 0;
    }
    double error = distance / Math.max(size, 1e-300);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (int i = 0; i < tensor.size(); i++) {
      double size = Math.abs(tensor.get(i));
      largest = Double.isNaN(size) ? largest : Math.max(largest, size);
    }
    return largest;
  }

  private static double distance(Tensor a, Tensor b) {
    double distance = 0;
    for (int i = 0; i < a.size(); i++) {
      double x = a.get(i);
      double y = b.get(i);
      if (Double.compare(x, y) != 0 && x != y) {
        double d = Math.abs(x - y);
        distance = Math.max(distance, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
      }
    }
    return distance;
  }
}
