package dev.weft.passes.search;

import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.plan.ScheduleChoice;
import dev.weft.ir.plan.SchedulePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why the best plan of a search is the best: what another value of each knob costs, with whatever
 * values of the others suit it. Every plan that is faster than the last rank and fits has a rank,
 * so that ranks alone say it.
 */
final class Reasons {
  /** What can be chosen; empty text for what a plan has no value of. */
  private static final List<Function<PricedPlan, String>> CHOICES =
      List.of(
          plan -> "pp=" + plan.knobs().pipeline().degree(),
          plan -> schedule(plan.knobs()),
          plan -> chunks(plan.knobs()),
          plan -> "dp=" + plan.knobs().dp(),
          plan -> "tp=" + plan.knobs().tp(),
          plan -> plan.knobs().sequenceParallel() ? "sp" : "sp=false",
          plan -> "micro-batches of " + plan.size(),
          plan -> remat(plan.knobs().remat()),
          plan -> "zero=" + plan.knobs().zero(),
          plan -> offload(plan.knobs()));

  /** A part that one decimal of a percentage does not show. */
  private static final double HARDLY = 5e-4;

  private final List<PricedPlan> best;

  private Reasons(List<PricedPlan> best) {
    this.best = best;
  }

  /** The ranks, the first of which says why it is the first. */
  static List<PricedPlan> explained(List<PricedPlan> best) {
    var all = new ArrayList<>(best);
    if (!best.isEmpty()) {
      var first = best.getFirst();
      var plan = first.plan().withWhy(of(best));
      all.set(0, new PricedPlan(first.knobs(), first.size(), plan, first.price()));
    }
    return List.copyOf(all);
  }

  /** One line for each knob of which another value has a rank, and one for all others. */
  static List<String> of(List<PricedPlan> best) {
    return best.isEmpty() ? List.of() : new Reasons(best).lines();
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    var alone = new ArrayList<String>();
    for (var choice : CHOICES) {
      var own = choice.apply(best.getFirst());
      var others =
          best.stream()
              .filter(p -> !choice.apply(p).equals(own) && !choice.apply(p).isEmpty())
              .toList();
      if (own.isEmpty()) {
        continue;
      }
      if (others.isEmpty()) {
        alone.add(own);
      } else {
        var next = others.getFirst();
        lines.add(
            "%s; %s is %s slower at best".formatted(own, choice.apply(next), percent(more(next))));
      }
    }
    if (!alone.isEmpty()) {
      lines.add(String.join(", ", alone) + "; " + rest());
    }
    return List.copyOf(lines);
  }

  private String rest() {
    if (best.size() < Search.RANKS) {
      return "nothing else that is legal fits";
    }
    // Never more than is known.
    double least = Math.floor(1000 * more(best.getLast())) / 1000;
    return least == 0
        ? "anything else is no faster or does not fit"
        : "anything else is at least " + percent(least) + " slower or does not fit";
  }

  /** How much longer the step of a plan takes than the best, as a part of that. */
  private double more(PricedPlan plan) {
    return plan.price().seconds() / best.getFirst().price().seconds() - 1;
  }

  private static String percent(double part) {
    return part < HARDLY ? "hardly" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }

  private static String schedule(Knobs knobs) {
    return knobs
        .pipeline()
        .schedule()
        .map(
            choice ->
                choice instanceof ScheduleChoice.Given(SchedulePlan.Named(var kind))
                    ? "schedule=" + kind.text()
                    : "")
        .orElse("");
  }

  private static String chunks(Knobs knobs) {
    var chunks = knobs.pipeline().chunks();
    return chunks.isPresent() ? "chunks=" + chunks.getAsInt() : "";
  }

  private static String remat(RematPlan remat) {
    return switch (remat) {
      case RematPlan.None _ -> "remat=none";
      case RematPlan.Selective _ -> "remat=selective";
      case RematPlan.Full _ -> "remat=full";
      case RematPlan.Budget _, RematPlan.Values _ -> "";
    };
  }

  private static String offload(Knobs knobs) {
    return knobs.offload().isEmpty()
        ? "no offload"
        : knobs.offload().stream()
            .map(Offload::text)
            .collect(Collectors.joining("+", "offload=", ""));
  }
}
