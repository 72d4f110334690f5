package dev.weft.ir.plan;

import java.util.List;

/**
 * A model axis is cut along mesh axes wherever it occurs. Rules come in order of precedence: where
 * two claim one mesh axis in one value or one op, the earlier wins.
 *
 * @param axis an axis of the model
 * @param over the mesh axes that cut it, major to minor
 * @param scope the values for which the rule is a seed
 * @param stages the pipeline stages for which the rule holds; none for all
 * @param why the reason for the choice, for people
 */
public record AxisRule(
    String axis, List<String> over, Scope scope, List<Integer> stages, String why) {
  /** The values for which a rule is a seed. */
  public enum Scope {
    /** Weights, inputs and what is computed from them. */
    ALL,
    /** Computed values only: Megatron's sequence parallelism cuts no weight and no input. */
    ACTIVATIONS
  }

  public AxisRule {
    over = List.copyOf(over);
    stages = List.copyOf(stages);
  }

  /** A rule for every stage. */
  public AxisRule(String axis, List<String> over, Scope scope, String why) {
    this(axis, over, scope, List.of(), why);
  }

  /** Whether the rule holds in a stage. */
  public boolean appliesTo(int stage) {
    return stages.isEmpty() || stages.contains(stage);
  }
}
