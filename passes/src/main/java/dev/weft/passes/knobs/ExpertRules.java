package dev.weft.passes.knobs;

import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.AxisRule.Scope;
import dev.weft.ir.plan.Divisors;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules that spread the experts of a model. Where they lie among the devices that share a
 * replica's tensors too, those come first, so that each has its experts' part before the replicas
 * exchange.
 *
 * @param hinted axes of which the model itself says how they are cut
 * @param place where the knobs stand, for diagnostics
 */
record ExpertRules(Knobs knobs, Set<String> hinted, Span place) {
  /** A rule for each axis of experts. */
  Checked<List<AxisRule>> of(List<Dim> experts) {
    if (experts.isEmpty()) {
      return refused(KnobCode.NO_EXPERTS, "no axis numbers weights that lie side by side");
    }
    var rules = new ArrayList<AxisRule>();
    for (var dim : experts) {
      if (hinted.contains(dim.axis())) {
        continue;
      }
      int degree = knobs.experts().degree();
      if (dim.size() % degree != 0) {
        var message = "axis `%s` of size %d is not divisible by ep=%d; %s";
        return refused(
            KnobCode.EXPERTS_INDIVISIBLE,
            message.formatted(dim.axis(), dim.size(), degree, legal(dim.size())));
      }
      rules.add(
          new AxisRule(dim.axis(), over(), Scope.ALL, "expert parallel: each device its experts"));
    }
    return Checked.ok(rules);
  }

  private List<String> over() {
    var over = new ArrayList<String>();
    if (areWhole()) {
      over.add(PlanFromKnobs.TENSORS);
    }
    if (knobs.experts().replicas(knobs.tp()) > 1) {
      over.add(PlanFromKnobs.EXPERTS);
    }
    return over;
  }

  /** Whether the devices that share tensors have different experts instead of parts of them. */
  private boolean areWhole() {
    return knobs.experts().tensor() != knobs.tp();
  }

  /** The degrees that divide experts, replicas, and with whole experts the devices of these. */
  private String legal(long experts) {
    int within = areWhole() ? knobs.tp() : 1;
    var legal =
        Divisors.of(experts).stream()
            .filter(d -> d % within == 0 && knobs.dp() % (d / within) == 0)
            .map(d -> Long.toString(d))
            .toList();
    return legal.isEmpty()
        ? "with etp=1 and these dp and tp no degree does"
        : "legal degrees are " + String.join(", ", legal);
  }

  private Checked<List<AxisRule>> refused(KnobCode code, String message) {
    return Checked.failed(Diagnostic.of(code, place, message));
  }
}
