package dev.weft.cli.compile;

import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.source.Source;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a plan comes from.
 *
 * @param origin the text that says it
 * @param devices the number of devices that the plan must have, where the user says one
 */
public record PlanChoice(Origin origin, OptionalInt devices) {
  /** What a plan is read or made from. */
  public sealed interface Origin {}

  /** Nothing was said: one device. */
  public record Unsaid() implements Origin {}

  /**
   * Degrees such as {@code dp=2,tp=4,sp}, for which a plan is made.
   *
   * @param table the file that {@code schedule=FILE} names, read
   */
  public record KnobText(Source text, Optional<Source> table) implements Origin {}

  /** A plan's JSON. */
  public record JsonText(Source text) implements Origin {}

  /** A plan that somebody has made already. */
  public record Made(Plan plan) implements Origin {}

  /** One device. */
  public static final PlanChoice SERIAL = of(new Unsaid());

  private static PlanChoice of(Origin origin) {
    return new PlanChoice(origin, OptionalInt.empty());
  }

  public static PlanChoice knobs(String knobs) {
    return of(new KnobText(new Source("--plan", knobs), Optional.empty()));
  }

  /** Knobs that name the file of a schedule's table. */
  public static PlanChoice knobs(String knobs, Source table) {
    return of(new KnobText(new Source("--plan", knobs), Optional.of(table)));
  }

  public static PlanChoice json(Source text) {
    return of(new JsonText(text));
  }

  public static PlanChoice made(Plan plan) {
    return of(new Made(plan));
  }

  /** Where the parts of the plan stand, if it was read. */
  PlanPlaces places() {
    return switch (origin) {
      case JsonText(var text) -> PlanPlaces.of(text);
      case KnobText(var text, _) -> PlanPlaces.ofKnobs(text);
      case Made _, Unsaid _ -> PlanPlaces.NONE;
    };
  }

  public PlanChoice on(int count) {
    return new PlanChoice(origin, OptionalInt.of(count));
  }
}
