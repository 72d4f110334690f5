package dev.weft.cli.compile;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.passes.knobs.KnobCode;
import dev.weft.passes.knobs.PlanFromKnobs;
import dev.weft.passes.schedule.SchedulePlaces;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.schedule.TableCells;
import dev.weft.passes.shard.PlanCheck;
import java.util.ArrayList;
import java.util.Optional;

/** The plan that a choice means for a model. */
public final class PlanReading {
  private PlanReading() {}

  /** The plan, checked against the model. */
  public static Checked<Plan> read(PlanChoice choice, CheckedModel model) {
    return read(choice.origin(), model)
        .then(plan -> fitting(plan, choice, model))
        .then(plan -> ShardHints.obeyed(plan, model.shardHints()))
        .then(plan -> counted(plan, choice));
  }

  private static Checked<Plan> read(PlanChoice.Origin origin, CheckedModel model) {
    return switch (origin) {
      case PlanChoice.Unsaid() -> Checked.ok(Plan.SERIAL);
      case PlanChoice.Made(var plan) -> Checked.ok(plan);
      case PlanChoice.JsonText(var text) -> PlanJson.read(text);
      case PlanChoice.KnobText(var text, var table) -> fromKnobs(text, table, model);
    };
  }

  private static Checked<Plan> fitting(Plan plan, PlanChoice choice, CheckedModel model) {
    var problems =
        new ArrayList<>(PlanCheck.problems(plan, choice.places(), model.module().only()));
    plan.pipeline()
        .map(pipeline -> Schedules.of(pipeline, plan.microBatches(), places(choice)))
        .ifPresent(schedule -> problems.addAll(schedule.diagnostics()));
    return problems.isEmpty() ? Checked.ok(plan) : Checked.failed(problems);
  }

  private static Checked<Plan> fromKnobs(Source text, Optional<Source> table, CheckedModel model) {
    return KnobsParser.parse(text)
        .map(knobs -> table.map(file -> scheduled(knobs, file)).orElse(knobs))
        .then(knobs -> fromKnobs(knobs, model, text.whole()));
  }

  /**
   * The plan that knobs mean for a model.
   *
   * @param place where the knobs stand, for diagnostics
   */
  public static Checked<Plan> fromKnobs(Knobs knobs, CheckedModel model, Span place) {
    var function = model.module().only();
    var optimizer = model.recipe().optimizer();
    return PlanFromKnobs.make(knobs, function, Recipe.BATCH_AXIS, optimizer, place)
        .map(plan -> ShardHints.added(plan, model.shardHints()));
  }

  private static Knobs scheduled(Knobs knobs, Source table) {
    return knobs.withPipeline(knobs.pipeline().with(TableCells.table(table)));
  }

  private static SchedulePlaces places(PlanChoice choice) {
    return switch (choice.origin()) {
      case PlanChoice.KnobText(var text, var table) ->
          table.map(SchedulePlaces::ofTable).orElseGet(() -> SchedulePlaces.ofKnobs(text.whole()));
      case PlanChoice.JsonText _, PlanChoice.Made _, PlanChoice.Unsaid _ ->
          SchedulePlaces.of(choice.places());
    };
  }

  private static Checked<Plan> counted(Plan plan, PlanChoice choice) {
    int made = plan.mesh().devices();
    int wanted = choice.devices().orElse(made);
    if (made == wanted) {
      return Checked.ok(plan);
    }
    var message = "the plan is for " + devices(made) + " " + plan.mesh() + ", not " + wanted;
    return Checked.failed(Diagnostic.of(KnobCode.DEVICE_COUNT, place(choice.origin()), message));
  }

  private static String devices(int count) {
    return count == 1 ? "1 device" : count + " devices";
  }

  private static Span place(PlanChoice.Origin origin) {
    return switch (origin) {
      case PlanChoice.KnobText(var text, var _) -> text.whole();
      case PlanChoice.JsonText(var text) -> PlanPlaces.of(text).mesh();
      case PlanChoice.Made _, PlanChoice.Unsaid _ -> Span.NONE;
    };
  }
}
