package dev.weft.ir.plan;

import dev.weft.ir.json.JsonCodes;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;
import dev.weft.ir.source.Severity;

/** What may be wrong with a plan, or with the knobs that stand for one. */
public enum PlanCode implements Code {
  SYNTAX("W0501", "a plan that is not JSON", "docs/plan.md shows a whole plan."),
  UNKNOWN_KEY("W0502", "a key that plans do not have", "docs/plan.md lists the keys."),
  WRONG_TYPE("W0503", "a value that is not of its key's kind", "docs/plan.md lists the kinds."),
  MISSING_KEY("W0504", "a key that a plan needs is absent", "docs/plan.md lists the keys."),
  VERSION("W0505", "a plan of another version", "This version of Weft reads version 1."),
  UNKNOWN_MESH_AXIS(
      "W0506", "a mesh axis that the mesh does not have", "Add it to `mesh`, or name another."),
  MESH("W0507", "a mesh that cannot be", "Each axis has a name and a size of at least 1."),
  MICRO_BATCHES("W0508", "a number of micro-batches below 1", "1 means no accumulation."),
  OPTIMIZER_LEVEL(
      "W0509",
      "an optimizer sharding level that does not exist",
      "0 replicates the optimizer; over mesh axes, 1 shares its work and state, 2 the gradients as"
          + " well, 3 the weights as well."),
  KNOB_SYNTAX(
      "W0511", "knobs that are not `name=value, …`", "An example: `dp=2,tp=4,sp,micro=4,zero=1`."),
  UNKNOWN_KNOB(
      "W0512",
      "a knob that does not exist",
      "The knobs are pp, chunks, schedule, speed, memory, dp, tp, sp, ep, etp, micro, remat, zero,"
          + " hybrid, offload, cache and prefetch."),
  KNOB_VALUE(
      "W0513",
      "a knob with a value that it cannot have",
      "docs/plan.md has a table of the knobs and of the values that each may have."),
  REPEATED_KNOB("W0514", "a knob given twice", "Keep one of them."),
  SEQUENCE_WITHOUT_TENSOR(
      "W0515",
      "sequence parallelism without tensor parallelism",
      "`sp` cuts the sequence along the devices of `tp`: add `tp=2` or more, or drop `sp`."),
  TOO_MANY_DEVICES("W0516", "more devices than can be numbered", "Use smaller degrees."),
  HYBRID(
      "W0517",
      "a hybrid of optimizer sharding that cannot be",
      "hybrid=G shares the optimizer among G of the dp replicas: G divides dp, and zero is at least"
          + " 1."),
  KNOB_WITHOUT_PIPELINE(
      "W0518",
      "a knob of pipelines without a pipeline",
      "Add `pp=2` or more, or drop `chunks`, `schedule`, `speed` and `memory`."),
  PLACE_COUNT(
      "W0519",
      "speeds or memory limits for another number of places",
      "`speed` and `memory` have one value for each of the places of `pp`, joined by `/`."),
  REPEATED_KEY("W0521", "a key given twice in one JSON object", "Keep one of them."),
  REPEATED_RULE(
      "W0522",
      "two rules for one axis and scope",
      "Write one rule; `over` may name several mesh axes."),
  EMPTY_RULE("W0523", "a rule that cuts nothing", "Name a mesh axis in `over`, or drop the rule."),
  REPEATED_MESH_AXIS("W0524", "a mesh axis named twice in one list", "Keep one of them."),
  UNKNOWN_SCOPE("W0525", "a scope that does not exist", "Scopes are `all` and `activations`."),
  UNUSED_MESH_AXIS(
      "W0526",
      Severity.WARNING,
      "a mesh axis along which nothing is cut",
      "Its devices repeat one another's work: cut an axis over it, or drop it from `mesh`."),
  UNKNOWN_CHOICE(
      "W0527", "a name that is none of those that may stand here", "docs/plan.md lists the names."),
  PIPELINE_AXIS(
      "W0528",
      "the mesh axis of the pipeline is used for something else",
      "Cut other things over other mesh axes."),
  STAGES(
      "W0529",
      "stages that cannot be",
      "Every stage lies on a device along the pipeline's mesh axis, and every device has a stage."),
  RULE_STAGES(
      "W0530",
      "a rule for stages that there are not",
      "Stages are counted from 0; only a plan with a pipeline has them."),
  REMAT("W0531", "rematerialization that cannot be", "docs/plan.md lists the policies."),
  CACHE(
      "W0532",
      "a cache of weights that cannot be",
      "A cache holds weights that `offload=params` keeps on the host; it has either a size or a limit"
          + " of the peak memory."),
  EXPERTS(
      "W0533",
      "experts that cannot be spread so",
      "ep=N spreads the experts of a layer over N devices: N divides dp; with `etp=1` each expert is"
          + " whole and N is tp times a divisor of dp.");

  /** What plans call the mistakes of any JSON. */
  static final JsonCodes JSON =
      new JsonCodes(
          "a plan", SYNTAX, UNKNOWN_KEY, REPEATED_KEY, MISSING_KEY, WRONG_TYPE, UNKNOWN_CHOICE);

  private final Description description;

  PlanCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  PlanCode(String id, Severity severity, String summary, String help) {
    this.description = new Description(id, severity, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
