package dev.weft.passes.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.SoftwareSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold of every step. */
class SimulationTest {
  private static final Cluster CLUSTER = Jobs.cluster("dgx-a100-80");
  private static final SoftwareSpec WEFT = Jobs.software("\"stepSeconds\": 0");

  /** Gradients have their memory from the beginning. */
  private static final SoftwareSpec PRODUCTS = Jobs.software("\"accumulation\": \"in-product\"");

  private static Plan pipelined(String kind, int places, int chunks, int dp, int micro) {
    return Jobs.plan(Optional.of(Jobs.pipeline(Jobs.kind(kind), places, chunks)), dp, 4, micro, 1);
  }

  private static Plan flat(int dp, int tp, int micro, int zero) {
    return Jobs.plan(Optional.empty(), dp, tp, micro, zero);
  }

  private static List<Plan> plans() {
    return List.of(
        flat(4, 8, 1, 0),
        flat(32, 4, 4, 1),
        flat(16, 1, 2, 2),
        flat(64, 1, 1, 3),
        pipelined("1f1b", 4, 1, 8, 16),
        pipelined("interleaved", 4, 2, 2, 8),
        pipelined("zb-h1", 8, 1, 2, 16),
        pipelined("zb-v", 4, 2, 4, 8));
  }

  /** Every moment of a device counts once. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void whatAPlaceSpendsIsTheStep(double overlap) {
    var software =
        Jobs.software(
            "\"gradientOverlap\": %1$s, \"weightOverlap\": %1$s, \"transferOverlap\": %1$s"
                .formatted(overlap));
    for (var plan : plans()) {
      var price = Jobs.run(plan, CLUSTER, software).price();
      for (var place : price.places()) {
        assertThat(place.total()).as("%s", plan).isCloseTo(price.seconds(), within(1e-9));
      }
    }
  }

  @Test
  void aLongRunSlowsProductsAndNothingElse() {
    var plan = flat(4, 8, 1, 0);
    var quick = work(plan, "\"sustainedSpeed\": 1");
    var slow = work(plan, "\"sustainedSpeed\": 0.8");
    assertThat(slow.products()).isCloseTo(quick.products() / 0.8, within(1e-9));
    assertThat(slow.streams()).isEqualTo(quick.streams());
    assertThat(slow.tensor()).isEqualTo(quick.tensor());
  }

  private static Seconds work(Plan plan, String software) {
    return Jobs.run(plan, CLUSTER, Jobs.software(software)).price().places().getFirst().work();
  }

  /** Hosts drive collectives while devices work: what takes longer is seen. */
  @Test
  void stepsOfCollectivesAreAFloorBeneathWork() {
    var plan = flat(4, 8, 1, 0);
    var free = work(plan, "\"hopSeconds\": 0");
    assertThat(work(plan, "\"hopSeconds\": 1e-6")).isEqualTo(free);
    var one = work(plan, "\"hopSeconds\": 1e-3, \"launchSeconds\": 0");
    var two = work(plan, "\"hopSeconds\": 2e-3, \"launchSeconds\": 0");
    assertThat(one.tensor()).isEqualTo(free.tensor());
    // 32 layers with two collectives of 8 members each.
    assertThat(two.launch() - one.launch()).isCloseTo(32 * 2 * 7 * 1e-3, within(1e-9));
  }

  @Test
  void productsOfEightBitsAreFasterAndKeepLess() {
    var cluster = Jobs.cluster("dgx-h100");
    var plan = flat(4, 8, 1, 0);
    var keys = "\"accumulation\": \"in-product\", \"products\": \"%s\"";
    var usual = Jobs.run(plan, cluster, Jobs.software(keys.formatted("training"))).price();
    var narrow = Jobs.run(plan, cluster, Jobs.software(keys.formatted("eight-bits"))).price();
    assertThat(narrow.places().getFirst().work().products())
        .isLessThan(0.6 * usual.places().getFirst().work().products());
    // Half of what a layer keeps are operands, of which half the bytes go.
    assertThat(narrow.memory().activations())
        .isEqualTo(usual.memory().activations() - 32 * Jobs.SAVED / 4);
    assertThat(narrow.memory().weights()).isEqualTo(usual.memory().weights());
  }

  @Test
  void weightsInFourBitsLieBesideThemselves() {
    var four = Jobs.software("\"products\": \"four-bits\"");
    var cluster = Jobs.cluster("hgx-b200");
    var usual = Jobs.run(flat(4, 8, 1, 0), cluster, WEFT).price().memory();
    var narrow = Jobs.run(flat(4, 8, 1, 0), cluster, four).price().memory();
    assertThat(narrow.weights()).isEqualTo(usual.weights() * 3 / 2);
  }

  @Test
  void devicesWithoutARateMultiplyInTheTrainingPrecision() {
    var eight = Jobs.software("\"stepSeconds\": 0, \"products\": \"eight-bits\"");
    var usual = Jobs.run(flat(4, 8, 1, 0), CLUSTER, WEFT).price();
    var narrow = Jobs.run(flat(4, 8, 1, 0), CLUSTER, eight).price();
    assertThat(narrow.seconds()).isEqualTo(usual.seconds());
    assertThat(narrow.memory()).isEqualTo(usual.memory());
  }

  /** Each of 64 replicas has a step for each other one, and each of 16 nodes counts twice more. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void gathersOfShardedWeightsHaveStepsToo(int level) {
    var plan = flat(64, 1, 1, level);
    double few = traffic(plan, "\"hopSeconds\": 1");
    double many = traffic(plan, "\"hopSeconds\": 2");
    // A weight in each of 32 layers: reduced once, at level 3 also gathered twice.
    double steps = 32 * (level == 3 ? 3 : 1) * (63 + 2 * 8);
    assertThat(many - few).isCloseTo(steps, within(1e-6));
  }

  private static double traffic(Plan plan, String software) {
    var overlaps = ", \"gradientOverlap\": 0, \"weightOverlap\": 0";
    var work = work(plan, software + overlaps);
    return work.weights() + work.gradients();
  }

  @Test
  void weightsThatLiveOnTheHostDoNotComeBack() {
    var state = flat(4, 8, 1, 0).withOffload(Set.of(Offload.OPTIMIZER));
    var both = state.withOffload(Set.of(Offload.OPTIMIZER, Offload.PARAMS));
    double weights = 32 * 12 * 4096.0 * 4096;
    double back = weights * 2 / CLUSTER.nodes().getFirst().host().linkBandwidth();
    assertThat(update(state) - update(both)).isCloseTo(back, within(1e-9));
  }

  /** A host works for the devices of its node alone, and a replica for its share. */
  @Test
  void hostsShareUpdates() {
    var whole = flat(4, 8, 1, 0).withOffload(Set.of(Offload.OPTIMIZER));
    var shared = flat(4, 8, 1, 1).withOffload(Set.of(Offload.OPTIMIZER));
    var alone = flat(1, 1, 1, 0).withOffload(Set.of(Offload.OPTIMIZER));
    assertThat(update(shared)).isCloseTo(update(whole) / 4, within(0.01 * update(whole)));
    assertThat(update(alone)).isLessThan(0.5 * update(whole));
  }

  private static double update(Plan plan) {
    return Jobs.run(plan, CLUSTER, WEFT).price().places().getFirst().optimizer();
  }

  @ParameterizedTest
  @CsvSource({"dgx-a100-80, eight-bits, 1", "dgx-h100, eight-bits, 0", "dgx-h100, four-bits, 1"})
  void aDeviceWithoutARateForAFormatIsNamed(String cluster, String format, int problems) {
    var software = Jobs.software("\"products\": \"" + format + "\"");
    var job = Jobs.job(flat(1, 8, 1, 0), Jobs.cluster(cluster), software);
    assertThat(ClusterFit.problems(job))
        .extracting(d -> d.code())
        .isEqualTo(Collections.nCopies(problems, SimulationCode.NO_NARROW_PRODUCTS));
  }

  /** Gradients go to the host, which works for all devices of a node, and weights come back. */
  @Test
  void theHostUpdatesWhatLiesThere() {
    var plan = flat(4, 8, 1, 0).withOffload(Set.of(Offload.OPTIMIZER));
    var host = CLUSTER.nodes().getFirst().host();
    double weights = 32 * 12 * 4096.0 * 4096;
    double copies = weights * (4 + 2) / host.linkBandwidth();
    double update = weights * (4 + 2 + 2 * 12) / (host.updateBandwidth() / 8);
    var place = Jobs.run(plan, CLUSTER, WEFT).price().places().getFirst();
    double norm = weights * 4 / CLUSTER.nodes().getFirst().device().memoryBandwidth();
    assertThat(place.optimizer()).isBetween(copies + update + norm, copies + update + 1.3 * norm);
  }

  @Test
  void moreReplicasDoNotChangeTheWork() {
    for (int dp : new int[] {2, 16, 128}) {
      var one = Jobs.run(pipelined("1f1b", 4, 1, 1, 8), CLUSTER, WEFT).price();
      var many = Jobs.run(pipelined("1f1b", 4, 1, dp, 8), CLUSTER, WEFT).price();
      for (int place = 0; place < 4; place++) {
        assertThat(many.places().get(place).work()).isEqualTo(one.places().get(place).work());
      }
      assertThat(many.modelFlops()).isCloseTo(dp * one.modelFlops(), within(1.0));
      assertThat(many.peakFlops()).isCloseTo(dp * one.peakFlops(), within(1.0));
    }
  }

  /** The number of devices does not matter to what is simulated. */
  @Test
  void sixteenThousandDevicesAreSixteen() {
    var few = Jobs.run(pipelined("interleaved", 4, 2, 1, 8), CLUSTER, WEFT);
    var many = Jobs.run(pipelined("interleaved", 4, 2, 1024, 8), CLUSTER, WEFT);
    assertThat(many.price().devices()).isEqualTo(16384);
    assertThat(many.events()).isEqualTo(few.events()).isEqualTo(4 * 2 * 2 * 8);
  }

  @Test
  void fasterLinksNeverMakeAStepSlower() {
    for (var plan : plans()) {
      double before = Double.POSITIVE_INFINITY;
      for (double factor : new double[] {0.25, 1, 4, 16}) {
        double seconds = Jobs.run(plan, faster(factor), WEFT).price().seconds();
        assertThat(seconds).as("%s at %s", plan, factor).isLessThanOrEqualTo(before + 1e-12);
        before = seconds;
      }
    }
  }

  private static Cluster faster(double factor) {
    var links =
        CLUSTER.links().stream()
            .map((LinkSpec link) -> link.withBandwidth(factor * link.bandwidth()))
            .toList();
    return new Cluster("faster", "", CLUSTER.nodes(), links);
  }

  @Test
  void whatRunsBehindWorkIsSeenLess() {
    for (var key : List.of("gradientOverlap", "weightOverlap", "transferOverlap")) {
      for (var plan : plans()) {
        double before = Double.POSITIVE_INFINITY;
        for (double overlap : new double[] {0, 0.5, 1}) {
          var software = Jobs.software("\"" + key + "\": " + overlap + ", \"overlapSlowdown\": 0");
          double seconds = Jobs.run(plan, CLUSTER, software).price().seconds();
          assertThat(seconds).as("%s %s %s", key, overlap, plan).isLessThan(before + 1e-9);
          before = seconds;
        }
      }
    }
  }

  /** 1F1B: a place has as many micro-batches in flight as there are places from it to the end. */
  @ParameterizedTest
  @CsvSource({"4, 8", "4, 2", "8, 16"})
  void activationsAreThoseInFlight(int places, int micro) {
    var price = Jobs.run(pipelined("1f1b", places, 1, 1, micro), CLUSTER, PRODUCTS).price();
    for (int place = 0; place < places; place++) {
      long each = Jobs.SAVED * (32 / places);
      assertThat(price.places().get(place).memory().activations())
          .isEqualTo(Math.min(micro, places - place) * each);
    }
    var gpipe = Jobs.run(pipelined("gpipe", places, 1, 1, micro), CLUSTER, PRODUCTS).price();
    assertThat(gpipe.memory().activations()).isEqualTo(micro * Jobs.SAVED * (32 / places));
  }

  /** Rajbhandari et al. 2020, figure 1: each level divides one term more. */
  @Test
  void levelsOfShardingDivideTermsOfMemory() {
    var levels = new MemoryPrice[4];
    for (int level = 0; level < 4; level++) {
      levels[level] = Jobs.run(flat(8, 1, 2, level), CLUSTER, WEFT).price().memory();
    }
    for (int level = 0; level < 4; level++) {
      assertThat(levels[level].optimizer()).isEqualTo(levels[0].optimizer() / (level >= 1 ? 8 : 1));
      assertThat(levels[level].gradients()).isEqualTo(levels[0].gradients() / (level >= 2 ? 8 : 1));
      assertThat(levels[level].weights()).isEqualTo(levels[0].weights() / (level >= 3 ? 8 : 1));
    }
  }

  /** By hand, one stage that keeps 10 and makes gradients of 4 or of 12. */
  @Test
  void gradientsGrowWhileActivationsAreFreed() {
    var price = new StagePrice(Seconds.NONE, Seconds.NONE, Seconds.NONE, 0, 10, 3);
    var stages = new StageTimes[] {StageTimes.of(price)};
    var row =
        List.of(
            new Action(0, Phase.FORWARD, 0),
            new Action(0, Phase.BACKWARD, 0),
            new Action(0, Phase.FORWARD, 1),
            new Action(0, Phase.BACKWARD, 1));
    var few = MemoryWalk.of(stages, Row.of(row), Map.of(0, 4L), 0);
    assertThat(few.kept()).containsExactly(10, 10, 10, 10);
    assertThat(few.gradients()).containsExactly(0, 0, 4, 4);
    assertThat(few.after()).containsExactly(10, 0, 10, 0);
    assertThat(peak(stages, row, 4)).isEqualTo(new MemoryPeak(2, 10, 4, 3, 4));
    var many = MemoryWalk.of(stages, Row.of(row.subList(0, 2)), Map.of(0, 12L), 0);
    assertThat(many.kept()).containsExactly(10, 0);
    assertThat(many.gradients()).containsExactly(0, 12);
    assertThat(peak(stages, row.subList(0, 2), 12)).isEqualTo(new MemoryPeak(1, 0, 12, 3, 12));
    var there = MemoryWalk.of(stages, Row.of(row), Map.of(), 12);
    assertThat(there.gradients()).containsOnly(12);
    var first = MemoryPeak.of(new MemoryCursor(stages, Row.of(row), Map.of(), 12));
    assertThat(first).isEqualTo(new MemoryPeak(0, 10, 12, 3, 12));
  }

  private static MemoryPeak peak(StageTimes[] stages, List<Action> row, long fresh) {
    return MemoryPeak.of(new MemoryCursor(stages, Row.of(row), Map.of(0, fresh), 0));
  }

  /** Eight nodes of A100, then eight of V100: the second place is the slow one. */
  @Test
  void placesOnOtherNodesTakeTheirTimeAndMemory() {
    var mixed = Jobs.cluster("mixed-a100-v100");
    var price = Jobs.run(pipelined("1f1b", 2, 1, 16, 8), mixed, WEFT).price();
    var fast = price.places().get(0);
    var slow = price.places().get(1);
    assertThat(fast.device()).startsWith("a100");
    assertThat(slow.device()).startsWith("v100");
    assertThat(slow.work().total()).isGreaterThan(2 * fast.work().total());
    assertThat(fast.bubble()).isGreaterThan(slow.bubble());
    assertThat(slow.capacityBytes()).isLessThan(fast.capacityBytes());
  }

  /** Replicas on both kinds: the slower kind decides, and the step is as on that kind alone. */
  @Test
  void withinAPlaceTheSlowestDecides() {
    var mixed = Jobs.cluster("mixed-a100-v100");
    var slow = new Cluster("slow", "", List.of(mixed.nodes().get(1)), mixed.links());
    var both = Jobs.run(flat(32, 4, 1, 0), mixed, WEFT).price();
    var alone = Jobs.run(flat(16, 4, 1, 0), slow, WEFT).price();
    assertThat(both.places().getFirst().work().products())
        .isEqualTo(alone.places().getFirst().work().products());
    assertThat(both.capacityBytes()).isEqualTo(alone.capacityBytes());
  }

  @Test
  void aScheduleOfHalvesIsFasterWhereMessagesAreFast() {
    var links = faster(1e3);
    double whole = Jobs.run(pipelined("1f1b", 8, 1, 1, 8), links, WEFT).price().bubble();
    double split = Jobs.run(pipelined("zb-h1", 8, 1, 1, 8), links, WEFT).price().bubble();
    double chunks = Jobs.run(pipelined("interleaved", 8, 4, 1, 8), links, WEFT).price().bubble();
    assertThat(split).isLessThan(whole);
    assertThat(chunks).isLessThan(whole / 2);
  }
}
