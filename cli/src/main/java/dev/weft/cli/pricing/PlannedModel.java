package dev.weft.cli.pricing;

import dev.weft.cli.compile.PlanReading;
import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.DType;
import dev.weft.passes.knobs.PlanFromKnobs;
import dev.weft.passes.search.SearchedModel;
import dev.weft.passes.workload.Workload;

/**
 * A model of a file, as a search sees it.
 *
 * @param layers of all its repeats
 * @param experts of each layer; 1 where there are none
 */
public record PlannedModel(ModelWorkloads workloads, int layers, int experts)
    implements SearchedModel {
  public static PlannedModel of(ModelWorkloads workloads) {
    var function = workloads.model().module().only();
    return new PlannedModel(
        workloads, layers(workloads.model()), PlanFromKnobs.experts(function, Recipe.BATCH_AXIS));
  }

  private static int layers(CheckedModel model) {
    long layers = 0;
    for (var node : model.module().only().body().nodes()) {
      layers += node.op() instanceof Repeat repeat ? repeat.axis().size() : 0;
    }
    return Math.toIntExact(layers);
  }

  @Override
  public Checked<Plan> plan(Knobs knobs) {
    return PlanReading.fromKnobs(knobs, workloads.model(), Span.NONE);
  }

  @Override
  public Checked<Workload> workload(Plan plan) {
    return workloads.of(plan);
  }

  @Override
  public long batch() {
    return workloads.model().recipe().batch();
  }

  @Override
  public long tokens() {
    return workloads.tokens();
  }

  @Override
  public DType precision() {
    return workloads.model().recipe().precision();
  }
}
