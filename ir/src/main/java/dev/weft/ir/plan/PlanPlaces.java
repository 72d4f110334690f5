package dev.weft.ir.plan;

import dev.weft.ir.json.Json;
import dev.weft.ir.json.JsonReader;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the parts of a plan stand in its text, for what is found out later, when the plan meets a
 * model. What the text does not say has no place; of knobs only some have one.
 */
public final class PlanPlaces {
  /** The places of a plan that was not read from a text. */
  public static final PlanPlaces NONE = new PlanPlaces(Optional.empty(), _ -> Span.NONE);

  private final Optional<Json> root;
  private final Function<String, Span> knobs;

  private PlanPlaces(Optional<Json> root, Function<String, Span> knobs) {
    this.root = root;
    this.knobs = knobs;
  }

  /** The places of a plan whose text is right. */
  public static PlanPlaces of(Source source) {
    var root = JsonReader.read(source, PlanCode.JSON).value();
    return new PlanPlaces(root, _ -> Span.NONE);
  }

  /** The places of a plan that knobs say. */
  public static PlanPlaces ofKnobs(Source source) {
    var entries = new KnobEntries(source, _ -> {});
    return new PlanPlaces(
        Optional.empty(),
        name -> entries.find(name).map(KnobEntries.Knob::whole).orElse(Span.NONE));
  }

  public Span mesh() {
    return member(PlanKeys.MESH);
  }

  public Span microBatches() {
    return member(PlanKeys.MICRO_BATCHES);
  }

  /** Of the name of the rule's axis. */
  public Span axis(Plan plan, AxisRule rule) {
    return part(plan, rule, PlanKeys.AXIS);
  }

  /** Of the mesh axes that cut the rule's axis. */
  public Span over(Plan plan, AxisRule rule) {
    return part(plan, rule, PlanKeys.OVER);
  }

  public Span pipeline() {
    return member(PlanKeys.PIPELINE);
  }

  /** Of the schedule's name or table. */
  public Span schedule() {
    return pipelinePart(PlanKeys.SCHEDULE).map(Json::span).orElse(Span.NONE);
  }

  /** Of the row of a schedule's table for one device. */
  public Span tableRow(int device) {
    return pipelinePart(PlanKeys.SCHEDULE)
        .flatMap(schedule -> schedule.find(PlanKeys.TABLE))
        .flatMap(table -> item(table, device))
        .map(Json::span)
        .orElse(Span.NONE);
  }

  /** Of a stage, counted from 0. */
  public Span stage(int index) {
    return pipelinePart(PlanKeys.STAGES)
        .flatMap(stages -> item(stages, index))
        .map(Json::span)
        .orElse(Span.NONE);
  }

  public Span optimizerSharding() {
    return member(PlanKeys.OPTIMIZER_SHARDING);
  }

  public Span remat() {
    return memberOrKnob(PlanKeys.REMAT);
  }

  public Span offload() {
    return member(PlanKeys.OFFLOAD);
  }

  public Span cache() {
    return memberOrKnob(PlanKeys.CACHE);
  }

  private Optional<Json> pipelinePart(String key) {
    return root.flatMap(r -> r.find(PlanKeys.PIPELINE)).flatMap(pipeline -> pipeline.find(key));
  }

  /** Of what knobs call as plans do. */
  private Span memberOrKnob(String key) {
    return root.isPresent() ? member(key) : knobs.apply(key);
  }

  private Span member(String key) {
    return root.flatMap(r -> r.find(key)).map(Json::span).orElse(Span.NONE);
  }

  /** The rules of a plan stand in the order of their texts. */
  private Span part(Plan plan, AxisRule rule, String key) {
    return root.flatMap(r -> r.find(PlanKeys.SHARD))
        .flatMap(shard -> item(shard, Math.max(0, plan.shard().indexOf(rule))))
        .flatMap(found -> found.find(key))
        .map(Json::span)
        .orElse(Span.NONE);
  }

  private static Optional<Json> item(Json list, int index) {
    var items = list instanceof Json.Items found ? found.items() : List.<Json>of();
    return items.stream().skip(index).findFirst();
  }
}
