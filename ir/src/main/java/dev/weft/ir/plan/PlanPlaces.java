package dev.weft.ir.plan;

import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Where the parts of a plan stand in its JSON, for what is found out later, when the plan meets a
 * model. What the text does not say has no place.
 */
public final class PlanPlaces {
  /** The places of a plan that was not read from a text. */
  public static final PlanPlaces NONE = new PlanPlaces(Optional.empty());

  private final Optional<Json.Members> root;

  private PlanPlaces(Optional<Json.Members> root) {
    this.root = root;
  }

  /** The places of a plan whose text is right. */
  public static PlanPlaces of(Source source) {
    return new PlanPlaces(JsonReader.read(source).value().flatMap(PlanPlaces::members));
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

  private Span member(String key) {
    return root.flatMap(r -> find(r, key)).map(Json::span).orElse(Span.NONE);
  }

  /** The rules of a plan stand in the order of their texts. */
  private Span part(Plan plan, AxisRule rule, String key) {
    return root
        .flatMap(r -> find(r, PlanKeys.SHARD))
        .map(shard -> ((Json.Items) shard).items())
        .orElse(List.of())
        .stream()
        .skip(Math.max(0, plan.shard().indexOf(rule)))
        .findFirst()
        .flatMap(PlanPlaces::members)
        .flatMap(members -> find(members, key))
        .map(Json::span)
        .orElse(Span.NONE);
  }

  private static Optional<Json.Members> members(Json json) {
    return json instanceof Json.Members members ? Optional.of(members) : Optional.empty();
  }

  private static Optional<Json> find(Json.Members members, String key) {
    return members.members().stream()
        .filter(m -> m.key().equals(key))
        .map(Json.Member::value)
        .findFirst();
  }
}
