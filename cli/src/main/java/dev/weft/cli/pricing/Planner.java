package dev.weft.cli.pricing;

import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.KnobsText;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import dev.weft.passes.search.Leanest;
import dev.weft.passes.search.Outcome;
import dev.weft.passes.search.PricedPlan;
import dev.weft.passes.search.Search;
import dev.weft.passes.search.Target;
import dev.weft.passes.simulate.SimulationCode;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds plans of models in files, and says what is missing where there is none.
 *
 * <pre>{@code
 * Outcome outcome = Planner.plan(source, options, target).orThrow();
 * }</pre>
 */
public final class Planner {
  /** The axis of the sequence in the models of the examples. */
  private static final String SEQUENCE = "seq";

  private static final int MOST_DOUBLINGS = 10;
  private static final int MOST_HALVINGS = 6;
  private static final double GIB = 1L << 30;

  private final Source source;
  private final Options options;
  private final Target target;

  private Planner(Source source, Options options, Target target) {
    this.source = source;
    this.options = options;
    this.target = target;
  }

  /** The best plans; at least one, or the reason why there is none. */
  public static Checked<Outcome> plan(Source source, Options options, Target target) {
    return new Planner(source, options, target).plan();
  }

  private Checked<Outcome> plan() {
    var devices = target.cluster().devices();
    if (devices.isPresent() && devices.getAsInt() < target.devices()) {
      var message =
          "cluster %s has %d devices, not %d"
              .formatted(target.cluster().name(), devices.getAsInt(), target.devices());
      return Checked.failed(Diagnostic.of(SimulationCode.TOO_MANY_DEVICES, Span.NONE, message));
    }
    return ModelWorkloads.of(source, options)
        .map(PlannedModel::of)
        .then(
            model -> {
              var outcome = Search.run(model, target);
              return outcome.best().isEmpty() ? failed(model) : Checked.ok(outcome);
            });
  }

  private Checked<Outcome> failed(PlannedModel model) {
    var leanest = Leanest.of(model, target);
    return Checked.failed(
        leanest
            .map(plan -> nothingFits(model, plan))
            .orElseGet(
                () ->
                    Diagnostic.of(
                        PlanningCode.NO_LEGAL_PLAN,
                        Span.NONE,
                        "no degrees pp, dp and tp of this model with batch %d multiply to %d"
                            .formatted(model.batch(), target.devices()))));
  }

  private Diagnostic nothingFits(PlannedModel model, PricedPlan leanest) {
    var memory = leanest.price().memory();
    long missing = target.missingBytes(leanest.price());
    var message =
        "no plan fits %d devices of %s: the leanest needs %s of a device, %s more than the limit"
            .formatted(
                target.devices(),
                gib(target.capacityBytes()),
                gib(memory.deviceBytes()),
                gib(missing));
    var terms =
        "its plan is %s; weights take %s, gradients %s, optimizer %s, activations %s, work %s"
            .formatted(
                KnobsText.of(leanest.knobs()),
                gib(memory.weights()),
                gib(memory.gradients()),
                gib(memory.optimizer()),
                gib(memory.activations()),
                gib(memory.working()));
    var diagnostic =
        Diagnostic.of(PlanningCode.NOTHING_FITS, Span.NONE, message)
            .note(terms)
            .note(
                "the limit is %s: %.0f %% of what the software leaves of a device (--usable)"
                    .formatted(gib(target.limitBytes()), 100 * target.usable()));
    diagnostic = moreDevices(model).map(diagnostic::note).orElse(diagnostic);
    return shorterSequence(model).map(diagnostic::note).orElse(diagnostic);
  }

  private Optional<String> moreDevices(PlannedModel model) {
    int most = target.cluster().devices().orElse(Integer.MAX_VALUE);
    for (int i = 1; i <= MOST_DOUBLINGS; i++) {
      long count = (long) target.devices() << i;
      if (count > most) {
        return Optional.empty();
      }
      var more = target.withDevices((int) count);
      var found = Leanest.of(model, more).filter(plan -> more.holds(plan.price()));
      if (found.isPresent()) {
        return found.map(
            plan ->
                "it fits %d devices, where the leanest needs %s"
                    .formatted(count, gib(plan.price().memory().deviceBytes())));
      }
    }
    return Optional.empty();
  }

  private Optional<String> shorterSequence(PlannedModel model) {
    long length = model.workloads().model().sizes().getOrDefault(SEQUENCE, 1L);
    for (int i = 1; i <= MOST_HALVINGS && length % (1L << i) == 0; i++) {
      long half = length >> i;
      var shorter =
          ModelWorkloads.of(source, options.with(SEQUENCE, Long.toString(half)))
              .value()
              .map(PlannedModel::of)
              .flatMap(m -> Leanest.of(m, target))
              .filter(plan -> target.holds(plan.price()));
      if (shorter.isPresent()) {
        return Optional.of("it fits with sequences of " + half + " (-D seq=" + half + ")");
      }
    }
    return Optional.empty();
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
