package dev.weft.passes.search;

import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.Prefetch;
import dev.weft.ir.source.Checked;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plans of choices. The rules that cut axes depend on a layout alone, the stages on the length
 * of the pipeline and the order alone, so that each is made once for many plans.
 */
final class Plans {
  private final SearchedModel model;
  private final Map<Layout, Checked<Plan>> layouts = new ConcurrentHashMap<>();
  private final Map<Staging, Optional<PipelinePlan>> pipelines = new ConcurrentHashMap<>();

  private record Staging(int pp, Order order) {}

  Plans(SearchedModel model) {
    this.model = model;
  }

  /** A plan of a layout with one micro-batch that saves nothing, in any order. */
  Checked<Plan> of(Layout layout) {
    return layouts.computeIfAbsent(layout.inOneMicroBatch(), this::make);
  }

  private Checked<Plan> make(Layout layout) {
    var knobs = layout.knobs();
    return model.plan(
        layout.pp() == 1
            ? knobs
            : knobs.withPipeline(
                Order.all(layout.pp(), model.layers()).getFirst().knobs(layout.pp())));
  }

  /** The plan of a choice whose layout is legal. */
  Plan of(Choice choice) {
    var layout = choice.layout();
    return with(
        layout,
        choice.saving(),
        choice.order().flatMap(order -> pipeline(new Staging(layout.pp(), order))));
  }

  /** The plan of a layout that is legal, in any order. */
  Plan of(Layout layout, Saving saving) {
    return with(layout, saving, of(layout).orThrow().pipeline());
  }

  private Plan with(Layout layout, Saving saving, Optional<PipelinePlan> pipeline) {
    var plan = of(layout).orThrow();
    return new Plan(
        plan.mesh(),
        plan.shard(),
        layout.microBatches(),
        new OptimizerSharding(saving.zero(), plan.optimizerSharding().over()),
        pipeline,
        saving.remat(),
        saving.offload(),
        new CachePlan.None(),
        Prefetch.ON);
  }

  private Optional<PipelinePlan> pipeline(Staging staging) {
    return pipelines.computeIfAbsent(
        staging,
        s ->
            model
                .plan(Knobs.SERIAL.withPipeline(s.order.knobs(s.pp)))
                .value()
                .flatMap(Plan::pipeline));
  }
}
