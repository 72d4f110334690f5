package dev.weft.cli.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Source;
import dev.weft.passes.schedule.Fullest;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.search.Target;
import dev.weft.passes.simulate.Backwards;
import dev.weft.passes.simulate.JobPrices;
import dev.weft.passes.simulate.Simulation;
import dev.weft.passes.simulate.StageCut;
import dev.weft.passes.simulate.StepBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of a search against simulations. */
class StepBoundTest {
  private static final int SAMPLE = 60;

  /** Knobs drawn for them, of which many are not legal. */
  private static final int TRIES = 100 * SAMPLE;

  @ParameterizedTest
  @CsvSource({"dgx-a100-80, 6", "dgx-1-v100-16, 7", "mixed-a100-v100, 4"})
  void noSimulationFallsBelowItsBounds(String cluster, int layers) {
    var model = Searched.small(layers);
    for (var knobs : knobs()) {
      var plan = Searched.plan(model, knobs);
      requireBounds(model, Searched.target(cluster, plan.mesh().devices(), 1), plan, knobs);
    }
  }

  /** Plans drawn from all that are legal, whether their memory suffices or not. */
  @ParameterizedTest
  @CsvSource({
    "gpt3.weft, 175b, dgx-a100-80, 64, 11",
    "gpt3.weft, 175b, dgx-a100-80, 1024, 12",
    "llama3.weft, 405b, dgx-h100, 1024, 13",
    "mixtral.weft, 8x22b, dgx-h100, 256, 14",
  })
  void noSimulationOfALargeModelFallsBelowItsBounds(
      String file, String preset, String cluster, int devices, long seed) {
    var model = Searched.model(file, preset);
    var target = Searched.target(cluster, devices, 1);
    var random = new Random(seed);
    int plans = 0;
    for (int tried = 0; tried < TRIES && plans < SAMPLE; tried++) {
      var text = anyKnobs(random, devices, model);
      var plan = KnobsParser.parse(new Source("knobs", text)).then((Knobs k) -> model.plan(k));
      if (!plan.hasErrors() && hasALayerInEachStage(plan.orThrow())) {
        requireBounds(model, target, plan.orThrow(), text);
        plans++;
      }
    }
    assertThat(plans).isEqualTo(SAMPLE);
  }

  /** As all plans that are searched. */
  private static boolean hasALayerInEachStage(Plan plan) {
    return plan.pipeline().stream()
        .flatMap(pipeline -> pipeline.stages().stream())
        .noneMatch(stage -> stage.layers().isEmpty());
  }

  private static void requireBounds(PlannedModel model, Target target, Plan plan, String knobs) {
    var job = Searched.job(model, target, plan);
    var schedule = Schedules.of(plan).orThrow();
    var price = Simulation.of(job, schedule);
    var bound = new StepBound(new JobPrices(job));
    assertThat(bound.seconds()).as(knobs).isLessThanOrEqualTo(price.seconds());
    var cut = StageCut.of(job.workload(), plan);
    boolean splits = schedule.map(Schedule::splitsBackward).orElse(false);
    var backwards = splits ? Backwards.SPLIT : Backwards.WHOLE;
    assertThat(bound.seconds(cut, backwards)).as(knobs).isLessThanOrEqualTo(price.seconds());
    long memory =
        price.places().stream().mapToLong(p -> p.memory().deviceBytes()).max().orElseThrow();
    assertThat(bound.memoryBytes()).as(knobs).isLessThanOrEqualTo(memory);
    assertThat(bound.outsideBytes()).as(knobs).isLessThanOrEqualTo(memory);
    assertThat(bound.memoryBytes(cut, fullest(plan))).as(knobs).isLessThanOrEqualTo(memory);
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

  /** Knobs that may be legal, with degrees that multiply to the number of devices. */
  private static String anyKnobs(Random random, int devices, PlannedModel model) {
    int pp = any(random, divisors(devices));
    int tp = any(random, divisors(devices / pp));
    int dp = devices / pp / tp;
    var knobs = new StringBuilder("dp=" + dp + ",tp=" + tp);
    if (tp > 1 && random.nextBoolean()) {
      knobs.append(",sp");
    }
    if (model.experts() > 1 && random.nextInt(4) > 0) {
      knobs.append(",ep=").append(any(random, divisors(model.experts())));
      knobs.append(random.nextBoolean() ? ",etp=1" : "");
    }
    knobs.append(",micro=").append(any(random, divisors((int) Math.max(1, model.batch() / dp))));
    knobs.append(",remat=").append(any(random, List.of("none", "selective", "full")));
    knobs.append(",zero=").append(random.nextInt(4));
    var offload =
        any(random, List.of("", "optimizer", "params", "activations", "optimizer+params"));
    knobs.append(offload.isEmpty() ? "" : ",offload=" + offload);
    if (pp > 1) {
      var kind = any(random, List.of(ScheduleKind.values()));
      knobs.append(",pp=").append(pp).append(",schedule=").append(kind.text());
      if (kind == ScheduleKind.INTERLEAVED || kind == ScheduleKind.ZB_H1) {
        knobs.append(",chunks=").append(1 + random.nextInt(6));
      }
    }
    return knobs.toString();
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static List<Integer> divisors(int number) {
    var found = new ArrayList<Integer>();
    for (int d = 1; d <= number; d++) {
      if (number % d == 0) {
        found.add(d);
      }
    }
    return found;
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
