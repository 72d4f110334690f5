package dev.weft.cli.compile;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Frontend;
import dev.weft.frontend.check.Options;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.passes.offload.OffloadCode;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.optimizer.OptimizerCode;
import dev.weft.passes.pipeline.Pipelines;
import dev.weft.passes.remat.RematCode;
import dev.weft.passes.schedule.Schedules;
import java.util.List;
import java.util.Optional;

/**
 * A model with a plan that fits it, and the programs that follow.
 *
 * <pre>{@code
 * var compilation = Compilation.of(source, Options.preset("tiny"), PlanChoice.knobs("dp=2,tp=2"));
 * Module step = compilation.then(Compilation::step).orThrow();
 * }</pre>
 *
 * @param model over the whole batch
 * @param piece the same model over one micro-batch of all replicas; this is what is differentiated
 *     for the step
 * @param places where the parts of the plan stand
 * @param micro how results are put together from micro-batches
 */
public record Compilation(
    CheckedModel model, CheckedModel piece, Plan plan, PlanPlaces places, MicroBatching micro) {

  /** The model and its plan; programs are made when they are asked for. */
  public static Checked<Compilation> of(Source source, Options options, PlanChoice choice) {
    return Frontend.check(source, options).then(model -> of(source, options, choice, model));
  }

  private static Checked<Compilation> of(
      Source source, Options options, PlanChoice choice, CheckedModel model) {
    return PlanReading.read(choice, model)
        .then(
            plan ->
                MicroBatching.of(model.module().only(), Recipe.BATCH_AXIS, plan.microBatches())
                    .then(
                        micro ->
                            piece(source, options, model, plan, choice)
                                .map(
                                    piece ->
                                        new Compilation(
                                            model, piece, plan, choice.places(), micro))));
  }

  /** The forward program of the whole batch: function {@code model}. */
  public Module forward() {
    return model.module();
  }

  /** The serial program of the whole batch with its gradients: function {@code grads}. */
  public Checked<Module> grads() {
    return Pipelines.differentiate(model.recipe().optimizer()).run(model.module());
  }

  /** The training step of one device under the plan: function {@code step}. */
  public Checked<Module> step() {
    return schedule().then(this::step);
  }

  /** The order of work along the plan's pipeline, where it has one. */
  public Checked<Optional<Schedule>> schedule() {
    return plan.pipeline()
        .map(p -> Schedules.of(p, plan.microBatches()).map(Optional::of))
        .orElseGet(() -> Checked.ok(Optional.empty()));
  }

  /**
   * The same step with every use of an offloaded weight a fetch of its own; empty where the plan
   * has no cache, since that is the step itself.
   */
  public Checked<Optional<Module>> uncached() {
    if (plan.cache() instanceof CachePlan.None) {
      return Checked.ok(Optional.empty());
    }
    var outputs = model.module().only().outputs();
    var optimizer = model.recipe().optimizer();
    return schedule()
        .then(s -> Pipelines.uncached(plan, optimizer, micro, outputs, s).run(piece.module()))
        .map(Optional::of);
  }

  private Checked<Module> step(Optional<Schedule> schedule) {
    var outputs = model.module().only().outputs();
    var step =
        Pipelines.parallelize(plan, model.recipe().optimizer(), micro, outputs, schedule)
            .run(piece.module());
    return new Checked<>(step.value(), step.diagnostics().stream().map(this::placed).toList());
  }

  /** A pass sees no text of the plan. */
  private Diagnostic placed(Diagnostic found) {
    var place =
        switch (found.code()) {
          case RematCode _ -> places.remat();
          case OffloadCode _ -> places.cache();
          default -> Span.NONE;
        };
    return found.span().equals(Span.NONE)
        ? new Diagnostic(found.code(), place, found.message(), found.notes(), found.fix())
        : found;
  }

  private static Checked<CheckedModel> piece(
      Source source, Options options, CheckedModel model, Plan plan, PlanChoice choice) {
    int count = plan.microBatches();
    if (count == 1) {
      return Checked.ok(model);
    }
    long batch = model.recipe().batch();
    int replicas = replicas(plan);
    if (batch % ((long) count * replicas) != 0) {
      var place = choice.places().microBatches();
      return Checked.failed(indivisible(batch, count, replicas, place));
    }
    var smaller = options.with(Recipe.BATCH_AXIS, Long.toString(batch / count));
    var piece = Frontend.check(source, smaller);
    return new Checked<>(piece.value(), explained(piece.diagnostics(), batch / count))
        .then(p -> unchanged(model, p));
  }

  private static int replicas(Plan plan) {
    return plan.shard().stream()
        .filter(rule -> rule.axis().equals(Recipe.BATCH_AXIS))
        .mapToInt(rule -> plan.mesh().size(rule.over()))
        .max()
        .orElse(1);
  }

  private static Diagnostic indivisible(long batch, int count, int replicas, Span place) {
    long pieces = (long) count * replicas;
    var message =
        "batch %d is not divisible into %d micro-batches on %s"
            .formatted(batch, count, replicas == 1 ? "1 replica" : replicas + " replicas");
    long below = batch / pieces * pieces;
    long above = below + pieces;
    var legal = below == 0 ? Long.toString(above) : below + " and " + above;
    return Diagnostic.of(OptimizerCode.BATCH_INDIVISIBLE, place, message)
        .note("the nearest legal " + (below == 0 ? "batch is " : "batches are ") + legal);
  }

  private static Checked<CheckedModel> unchanged(CheckedModel model, CheckedModel piece) {
    return BatchConstants.same(model.module().only(), piece.module().only()).map(_ -> piece);
  }

  /** Warnings were reported for the whole batch; an error is one of the smaller batch alone. */
  private static List<Diagnostic> explained(List<Diagnostic> diagnostics, long batch) {
    return diagnostics.stream()
        .filter(Diagnostic::isError)
        .map(d -> d.note("the model was checked again with batch=" + batch + ", a micro-batch"))
        .toList();
  }
}
