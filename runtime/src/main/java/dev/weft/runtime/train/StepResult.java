package dev.weft.runtime.train;

import dev.weft.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one training step gave, as whole tensors.
 *
 * @param outputs by name
 * @param gradients by the weight's path
 * @param divergence something of which devices hold replicas that differ, which is never right
 */
public record StepResult(
    double loss,
    Map<String, Tensor> outputs,
    Map<String, Tensor> gradients,
    Optional<String> divergence) {
  public StepResult {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
  }

  /** The result of one device. */
  public StepResult(double loss, Map<String, Tensor> outputs, Map<String, Tensor> gradients) {
    this(loss, outputs, gradients, Optional.empty());
  }
}
