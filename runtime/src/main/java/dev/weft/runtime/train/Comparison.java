package dev.weft.runtime.train;

import dev.weft.runtime.tensor.Tensor;
import java.util.Map;

/**
 * How far a parallel run is from the serial one, over all steps that were compared.
 *
 * <p>The error of a loss is |a - b| / |b|. The error of a tensor is |a - b| / max(|b|, s) in a
 * {@link Measure}, with s a thousandth of the largest of all tensors compared with it (the outputs,
 * the gradients, or the weights of the step): a gradient that is zero but for rounding, such as
 * that of a key bias under a softmax, is measured against the gradients that were added up to it. A
 * number that is not finite, on either side, makes the error infinite; so does a replica that
 * differs from its twins.
 */
public final class Comparison {
  private static final double TINY = Double.MIN_NORMAL;
  private static final double SMALL = 1e-3;

  private final Measure measure;
  private double loss;
  private double outputs;
  private double gradients;
  private double weights;
  private String worst = "";
  private double worstError = -1;

  /** A comparison of tensors by their largest entries. */
  public Comparison() {
    this(Measure.LARGEST);
  }

  public Comparison(Measure measure) {
    this.measure = measure;
  }

  /** Compares one step. */
  public void add(StepResult parallel, StepResult serial) {
    addResults(parallel, serial);
    gradients = Math.max(gradients, worst("gradient ", parallel.gradients(), serial.gradients()));
    parallel
        .divergence()
        .ifPresent(what -> gradients = note("replicas of " + what, Double.POSITIVE_INFINITY));
  }

  /** Compares the loss and the outputs of a step. */
  public void addResults(StepResult parallel, StepResult serial) {
    double distance = Math.abs(parallel.loss() - serial.loss());
    loss = Math.max(loss, note("loss", relative(distance, Math.abs(serial.loss()))));
    outputs = Math.max(outputs, worst("output ", parallel.outputs(), serial.outputs()));
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
    double floor = SMALL * serial.values().stream().mapToDouble(measure::size).max().orElse(0);
    double result = 0;
    for (var entry : serial.entrySet()) {
      var mine = parallel.get(entry.getKey());
      if (mine == null || !mine.type().equals(entry.getValue().type())) {
        throw new IllegalArgumentException(entry.getKey() + " is " + mine);
      }
      double size = Math.max(measure.size(entry.getValue()), floor);
      double error = relative(measure.distance(mine, entry.getValue()), size);
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
}
