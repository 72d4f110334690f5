package dev.weft.cli.render;

import dev.weft.ir.plan.KnobsText;
import dev.weft.passes.search.PricedPlan;
import dev.weft.passes.search.Target;

/** A plan that a search has found, in words. */
public record FoundPlan(PricedPlan plan) {
  /** Its knobs, as {@code --plan} takes them; {@code one device} where there are none. */
  String knobs() {
    var text = KnobsText.of(plan.knobs());
    return text.isEmpty() ? "one device" : text;
  }

  /** What a command says before it goes on with the plan. */
  public String line(Target target) {
    return "plan: %s, the best for %s of %s"
        .formatted(knobs(), Quantity.counted(target.devices(), "device"), target.cluster().name());
  }
}
