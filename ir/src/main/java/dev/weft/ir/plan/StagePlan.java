package dev.weft.ir.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One pipeline stage. What stands outside of the model's repeats goes to the stage that needs it or
 * has its operands; a stage without layers at the model's beginning takes what precedes the first
 * repeat, one at its end what follows the last.
 *
 * @param device the coordinate along the pipeline's mesh axis
 * @param layers by label of a repeat, how many iterations of it; none for those it has no part of
 */
public record StagePlan(int device, Map<String, Integer> layers) {
  public StagePlan {
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }
}
