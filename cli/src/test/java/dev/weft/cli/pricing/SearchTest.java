package dev.weft.cli.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.KnobsText;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.schedule.Fullest;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.search.Exhaustive;
import dev.weft.passes.search.Leanest;
import dev.weft.passes.search.Outcome;
import dev.weft.passes.search.PricedPlan;
import dev.weft.passes.search.Search;
import dev.weft.passes.search.Target;
import dev.weft.passes.simulate.Backwards;
import dev.weft.passes.simulate.Job;
import dev.weft.passes.simulate.Simulation;
import dev.weft.passes.simulate.StageCut;
import dev.weft.passes.simulate.StepBound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search against trying everything, and its bounds against simulations. */
class SearchTest {
  private static final int BATCH = 8;

  private static PlannedModel model(int layers) {
    return PlannedModel.of(ModelWorkloads.of(source(), options(layers)).orThrow());
  }

  private static Options options(int layers) {
    return new Options(
        Optional.of("1.3b"),
        Map.of("layers", Integer.toString(layers), "batch", Integer.toString(BATCH)),
        Optional.empty());
  }

  private static Source source() {
    var file = Path.of(System.getProperty("weft.root")).resolve("examples/gpt3.weft");
    try {
      return new Source("gpt3.weft", Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Target target(String cluster, int devices, double usable) {
    var software = Specs.named(SoftwareSpec.class, "weft").orThrow();
    return new Target(Clusters.named(cluster).orThrow(), devices, software, usable);
  }

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
    var model = model(layers);
    var target = target(cluster, devices, usable);
    var found = Search.run(model, target);
    var all = Exhaustive.run(model, target);
    assertThat(found.space()).isEqualTo(all.space()).isEqualTo(all.evaluated());
    assertThat(found.evaluated()).isLessThan(all.evaluated());
    assertThat(ranks(found)).isEqualTo(ranks(all));
  }

  private static List<String> ranks(Outcome outcome) {
    return outcome.best().stream()
        .map(plan -> plan.price().seconds() + " s: " + KnobsText.of(plan.knobs()))
        .toList();
  }

  @Test
  void aSearchGivesTheSameTwice() {
    var target = target("dgx-a100-80", 4, 0.94);
    var one = Search.run(model(2), target);
    var other = Search.run(model(2), target);
    assertThat(ranks(one)).isEqualTo(ranks(other));
    assertThat(one.evaluated()).isEqualTo(other.evaluated());
  }

  @Test
  void moreMemoryIsNeverSlower() {
    var model = model(4);
    double last = Double.POSITIVE_INFINITY;
    int fitting = 0;
    for (double usable : new double[] {0.001, 0.02, 0.05, 0.1, 0.3, 1}) {
      var best = Search.run(model, target("dgx-a100-80", 4, usable)).best();
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
    var model = model(2);
    var roomy = target("dgx-a100-80", 4, 1);
    long leanest = bytes(Leanest.of(model, roomy).orElseThrow());
    for (var plan : Search.run(model, roomy).best()) {
      assertThat(bytes(plan)).isGreaterThanOrEqualTo(leanest);
    }
    double justTooLittle =
        (leanest - 1.0 - roomy.software().reservedBytes())
            / (roomy.capacityBytes() - roomy.software().reservedBytes());
    assertThat(Search.run(model, target("dgx-a100-80", 4, justTooLittle)).best()).isEmpty();
    assertThat(Search.run(model, target("dgx-a100-80", 4, justTooLittle * 1.01)).best())
        .isNotEmpty();
  }

  private static long bytes(PricedPlan plan) {
    return plan.price().memory().deviceBytes();
  }

  /** Narayanan et al. 2021, section 5: tensors within a node, interleaved pipelines across. */
  @Test
  void publishedLayoutsAreNotFasterThanTheBest() {
    var options = new Options(Optional.of("175b"), Map.of(), Optional.empty());
    var model = PlannedModel.of(ModelWorkloads.of(source(), options).orThrow());
    var target = target("dgx-a100-80", 1024, 0.94);
    double best = Search.run(model, target).best().getFirst().price().seconds();
    for (var knobs :
        List.of(
            "pp=16,schedule=1f1b,dp=8,tp=8,micro=192,remat=full",
            "pp=16,schedule=interleaved,chunks=3,dp=8,tp=8,micro=192,remat=full",
            "pp=16,schedule=interleaved,chunks=6,dp=8,tp=8,micro=96,remat=full",
            "pp=8,schedule=interleaved,chunks=12,dp=16,tp=8,sp,micro=96,remat=selective")) {
      var job = job(model, target, plan(model, knobs));
      var schedule = Schedules.of(job.plan()).orThrow();
      assertThat(Simulation.of(job, schedule).seconds()).as(knobs).isGreaterThanOrEqualTo(best);
    }
  }

  private static Plan plan(PlannedModel model, String knobs) {
    return model.plan(KnobsParser.parse(new Source("knobs", knobs)).orThrow()).orThrow();
  }

  private static Job job(PlannedModel model, Target target, Plan plan) {
    return new Job(
        model.workload(plan).orThrow(),
        plan,
        target.cluster(),
        target.software(),
        model.precision(),
        model.tokens());
  }

  @ParameterizedTest
  @CsvSource({"dgx-a100-80, 6", "dgx-1-v100-16, 7", "mixed-a100-v100, 4"})
  void noSimulationFallsBelowItsBounds(String cluster, int layers) {
    var model = model(layers);
    int plans = 0;
    for (var knobs : knobs()) {
      var plan = plan(model, knobs);
      var target = target(cluster, plan.mesh().devices(), 1);
      var job = job(model, target, plan);
      var schedule = Schedules.of(plan).orThrow();
      var price = Simulation.of(job, schedule);
      var bound = new StepBound(job);
      assertThat(bound.seconds()).as(knobs).isLessThanOrEqualTo(price.seconds());
      var cut = StageCut.of(job.workload(), plan);
      boolean splits = schedule.map(Schedule::splitsBackward).orElse(false);
      var backwards = splits ? Backwards.SPLIT : Backwards.WHOLE;
      assertThat(bound.seconds(cut, backwards)).as(knobs).isLessThanOrEqualTo(price.seconds());
      long memory = price.memory().deviceBytes();
      assertThat(bound.memoryBytes()).as(knobs).isLessThanOrEqualTo(memory);
      assertThat(bound.outsideBytes()).as(knobs).isLessThanOrEqualTo(memory);
      assertThat(bound.memoryBytes(cut, fullest(plan))).as(knobs).isLessThanOrEqualTo(memory);
      plans++;
    }
    assertThat(plans).isEqualTo(knobs().size());
  }

  private static List<Fullest> fullest(Plan plan) {
    return plan.pipeline()
        .map(
            pipeline -> {
              int places = plan.mesh().size(List.of(pipeline.over()));
              int chunks = pipeline.stages().size() / places;
              var kind = ((SchedulePlan.Named) pipeline.schedule()).kind();
              return Schedules.fullest(kind, places, chunks, plan.microBatches());
            })
        .orElse(List.of(Fullest.SERIAL));
  }

  /** Every schedule with few and with many micro-batches, and every way to save memory. */
  private static List<String> knobs() {
    var savings =
        List.of("zero=1", "zero=3,remat=full", "zero=2,remat=selective,offload=optimizer+params");
    var orders =
        List.of(
            "pp=1",
            "pp=3,schedule=gpipe",
            "pp=4,schedule=1f1b",
            "pp=2,schedule=interleaved,chunks=2",
            "pp=3,schedule=interleaved,chunks=1",
            "pp=2,schedule=zb-h1,chunks=1",
            "pp=4,schedule=zb-h2",
            "pp=2,schedule=zb-v",
            "pp=2,schedule=dualpipe-v");
    var knobs = new ArrayList<String>();
    for (var order : orders) {
      for (var saving : savings) {
        for (int micro : new int[] {1, 4}) {
          knobs.add(order + ",dp=2,tp=2,sp,micro=" + micro + "," + saving);
        }
      }
    }
    return knobs;
  }
}
