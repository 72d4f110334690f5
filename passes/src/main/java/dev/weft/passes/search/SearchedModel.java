package dev.weft.passes.search;

import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.type.DType;
import dev.weft.passes.workload.Workload;

/** What a search asks of a model. Every answer may be given to several threads at once. */
public interface SearchedModel {
  /** The plan that knobs mean for the model, or why they mean none. */
  Checked<Plan> plan(Knobs knobs);

  /** What one micro-batch of one replica of a plan does. */
  Checked<Workload> workload(Plan plan);

  /** Examples of a step. */
  long batch();

  /** Tokens of a step. */
  long tokens();

  /** Layers that a pipeline may cut between. */
  int layers();

  /** Experts of a layer, of which each of its mixtures has a multiple; 1 where there are none. */
  int experts();

  /** Element type of weights and activations. */
  DType precision();
}
