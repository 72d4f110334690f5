package dev.weft.runtime.train;

import dev.weft.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one training step gave, as whole tensors.
 *
 * @param outputs by name
 * @param gradients by the weight's path
 */
public record StepResult(double loss, Map<String, Tensor> outputs, Map<String, Tensor> gradients) {
  public StepResult {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
  }
}
