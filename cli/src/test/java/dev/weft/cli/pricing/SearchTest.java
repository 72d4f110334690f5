package dev.weft.cli.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.KnobsText;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.search.Exhaustive;
import dev.weft.passes.search.Leanest;
import dev.weft.passes.search.Outcome;
import dev.weft.passes.search.PricedPlan;
import dev.weft.passes.search.Search;
import dev.weft.passes.search.Target;
import dev.weft.passes.simulate.Simulation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search against trying everything. */
class SearchTest {
  /** With little memory all that saves it is needed; with less nothing fits. */
  @ParameterizedTest
  @CsvSource({
    "dgx-a100-80, 2, 4, 0.94",
    "dgx-a100-80, 3, 2, 0.05",
    "dgx-1-v100-16, 2, 4, 0.1",
    "dgx-h100, 3, 1, 0.02",
    "dgx-a100-80, 2, 4, 0.001",
  })
  void findsWhatTryingEverythingFinds(String cluster, int layers, int devices, double usable) {
    requireTheSame(Searched.small(layers), Searched.target(cluster, devices, usable));
  }

  @ParameterizedTest
  @CsvSource({"dgx-h100, 2, 4, 0.94", "dgx-h100, 2, 8, 0.12"})
  void findsItWithExperts(String cluster, int layers, int devices, double usable) {
    var model = Searched.experts(layers);
    var target = Searched.target(cluster, devices, usable);
    requireTheSame(model, target);
    var best = Search.run(model, target).best().getFirst();
    assertThat(best.knobs().experts().areSpread()).isTrue();
  }

  private static void requireTheSame(PlannedModel model, Target target) {
    var found = Search.run(model, target);
    var all = Exhaustive.run(model, target);
    assertThat(found.space()).isEqualTo(all.space()).isEqualTo(all.evaluated());
    assertThat(found.evaluated()).isLessThan(all.evaluated());
    assertThat(ranks(found)).isEqualTo(ranks(all));
    for (var plan : found.best()) {
      // What plans share while they are searched for changes nothing.
      var job = Searched.job(model, target, plan.plan());
      var alone = Simulation.of(job, Schedules.of(plan.plan()).orThrow());
      assertThat(plan.price()).isEqualTo(alone);
    }
  }

  private static List<String> ranks(Outcome outcome) {
    return outcome.best().stream()
        .map(plan -> plan.price().seconds() + " s: " + KnobsText.of(plan.knobs()))
        .toList();
  }

  @Test
  void aSearchGivesTheSameTwice() {
    var target = Searched.target("dgx-a100-80", 4, 0.94);
    var one = Search.run(Searched.small(2), target);
    var other = Search.run(Searched.small(2), target);
    assertThat(ranks(one)).isEqualTo(ranks(other));
    assertThat(one.evaluated()).isEqualTo(other.evaluated());
  }

  @Test
  void moreMemoryIsNeverSlower() {
    var model = Searched.small(4);
    double last = Double.POSITIVE_INFINITY;
    int fitting = 0;
    for (double usable : new double[] {0.001, 0.02, 0.05, 0.1, 0.3, 1}) {
      var best = Search.run(model, Searched.target("dgx-a100-80", 4, usable)).best();
      if (!best.isEmpty()) {
        double seconds = best.getFirst().price().seconds();
        assertThat(seconds).isLessThanOrEqualTo(last);
        last = seconds;
        fitting++;
      }
    }
    assertThat(fitting).isBetween(2, 5);
  }

  @Test
  void nothingNeedsLessMemoryThanTheLeanest() {
    var model = Searched.small(2);
    var roomy = Searched.target("dgx-a100-80", 4, 1);
    long leanest = bytes(Leanest.of(model, roomy).orElseThrow());
    for (var plan : Search.run(model, roomy).best()) {
      assertThat(bytes(plan)).isGreaterThanOrEqualTo(leanest);
    }
    double justTooLittle =
        (leanest - 1.0 - roomy.software().reservedBytes())
            / (roomy.capacityBytes() - roomy.software().reservedBytes());
    assertThat(Search.run(model, Searched.target("dgx-a100-80", 4, justTooLittle)).best())
        .isEmpty();
    assertThat(Search.run(model, Searched.target("dgx-a100-80", 4, justTooLittle * 1.01)).best())
        .isNotEmpty();
  }

  private static long bytes(PricedPlan plan) {
    return plan.price().memory().deviceBytes();
  }

  /** Narayanan et al. 2021, section 5: tensors within a node, interleaved pipelines across. */
  @Test
  void publishedLayoutsAreNotFasterThanTheBest() {
    var model = Searched.model("gpt3.weft", "175b");
    var target = Searched.target("dgx-a100-80", 1024, 0.94);
    double best = Search.run(model, target).best().getFirst().price().seconds();
    for (var knobs :
        List.of(
            "pp=16,schedule=1f1b,dp=8,tp=8,micro=192,remat=full",
            "pp=16,schedule=interleaved,chunks=3,dp=8,tp=8,micro=192,remat=full",
            "pp=16,schedule=interleaved,chunks=6,dp=8,tp=8,micro=96,remat=full",
            "pp=8,schedule=interleaved,chunks=12,dp=16,tp=8,sp,micro=96,remat=selective")) {
      var job = Searched.job(model, target, Searched.plan(model, knobs));
      var schedule = Schedules.of(job.plan()).orThrow();
      assertThat(Simulation.of(job, schedule).seconds()).as(knobs).isGreaterThanOrEqualTo(best);
    }
  }
}
