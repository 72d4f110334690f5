package dev.weft.bench;

import dev.weft.cli.pricing.ModelWorkloads;
import dev.weft.cli.pricing.PlannedModel;
import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.KnobsText;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.search.Exhaustive;
import dev.weft.passes.search.Outcome;
import dev.weft.passes.search.Search;
import dev.weft.passes.search.Target;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares what the planner finds with the best of all legal plans: the memory of each is
 * simulated, and the step of each that fits. Takes minutes.
 *
 * <pre>{@code
 * ./dev exhaust gpt3.weft 175b dgx-a100-80 64
 * }</pre>
 */
public final class ExhaustivePlans {
  private static final long REPORT_EACH = 100_000;

  private ExhaustivePlans() {}

  /**
   * Takes a file of the examples, a preset, a cluster and a number of devices. Ends with 1 where
   * the planner's plans are not the best.
   */
  public static void main(String[] args) {
    if (args.length != 4) {
      throw new IllegalArgumentException("FILE PRESET CLUSTER DEVICES");
    }
    var model =
        PlannedModel.of(
            ModelWorkloads.of(Models.example(args[0]), Options.preset(args[1])).orThrow());
    var target =
        new Target(
            Clusters.named(args[2]).orThrow(),
            Integer.parseInt(args[3]),
            Specs.named(SoftwareSpec.class, "weft").orThrow(),
            Target.USUAL_USABLE);
    var found = Search.run(model, target);
    say("search: %d simulated of %d legal plans", found.evaluated(), found.space());
    var reported = new AtomicLong();
    var fitting = new AtomicLong();
    var all =
        Exhaustive.run(
            model,
            target,
            progress -> {
              fitting.accumulateAndGet(progress.fitting(), Math::max);
              long last = reported.get();
              if (progress.tried() >= last + REPORT_EACH
                  && reported.compareAndSet(last, progress.tried())) {
                say("… %d tried, %d fit", progress.tried(), progress.fitting());
              }
            });
    say("exhaustive: %d tried, all that are legal; %d fit", all.evaluated(), fitting.get());
    ranks(all).forEach(rank -> say("%s", rank));
    boolean isSame = ranks(found).equals(ranks(all)) && all.evaluated() == found.space();
    say(isSame ? "the search has found the same" : "THE SEARCH HAS FOUND OTHERS:");
    if (!isSame) {
      ranks(found).forEach(rank -> say("%s", rank));
      System.exit(1);
    }
  }

  private static List<String> ranks(Outcome outcome) {
    return outcome.best().stream()
        .map(plan -> plan.price().seconds() + " s: " + KnobsText.of(plan.knobs()))
        .toList();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
