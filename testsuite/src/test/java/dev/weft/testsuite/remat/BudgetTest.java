package dev.weft.testsuite.remat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.text.Printer;
import dev.weft.passes.cost.MemoryUse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a budget buys, on whole models. */
class BudgetTest {
  private static final Map<String, String> SMALL =
      Map.of("layers", "4", "model", "32", "batch", "8", "seq", "16");

  /** Deep and narrow: the inputs of the layers outweigh what one layer computes. */
  private static final Model DEEP =
      new Model(
          "gpt2",
          Map.of(
              "layers", "36",
              "model", "16",
              "heads", "2",
              "batch", "32",
              "seq", "32",
              "vocab", "64"));

  @ParameterizedTest
  @CsvSource({
    "gpt2,     'dp=2',         full",
    "gpt2,     'dp=2,tp=2,sp', full",
    "gpt2,     'dp=2,tp=2,sp', selective",
    "bilinear, 'dp=2,tp=2,sp', full",
    "bilinear, 'tp=2',         selective",
    "llama2,   'tp=2',         full",
  })
  void atTheMemoryOfARuleItIsNeverSlower(String name, String plan, String rule) {
    var model = new Model(name, SMALL);
    var ruled = model.step(plan + ",remat=" + rule);
    long bytes = Model.predictedPeakBytes(ruled);
    var chosen = model.step(plan + ",remat=budget:" + bytes);
    assertThat(Model.predictedPeakBytes(chosen)).isLessThanOrEqualTo(bytes);
    assertThat(Model.flops(chosen)).isLessThanOrEqualTo(Model.flops(ruled));
  }

  @Test
  void moreMemoryNeverCostsTime() {
    var model = new Model("gpt2", SMALL);
    var plan = "dp=2,tp=2,sp";
    long least = Model.predictedPeakBytes(model.step(plan + ",remat=full"));
    long most = Model.predictedPeakBytes(model.step(plan));
    double last = Double.POSITIVE_INFINITY;
    for (int part = 0; part <= 8; part++) {
      long bytes = least + (most - least) * part / 8;
      double flops = Model.flops(model.step(plan + ",remat=budget:" + bytes));
      assertThat(flops).isLessThanOrEqualTo(last);
      last = flops;
    }
  }

  @Test
  void withRoomForEverythingNothingIsComputedAgain() {
    var model = new Model("gpt2", SMALL);
    assertThat(text(model.step("dp=2,remat=budget:1GB"))).isEqualTo(text(model.step("dp=2")));
  }

  /** Gathering again what was gathered in the forward costs more than keeping it. */
  @Test
  void withRoomItKeepsWhatTheBackwardWouldGatherAgain() {
    var model = new Model("gpt2", SMALL);
    assertThat(gathers(model.step("tp=2,sp,remat=budget:1GB")))
        .isLessThan(gathers(model.step("tp=2,sp")));
  }

  private static long gathers(Module step) {
    return step.only().body().allNodes().filter(n -> n.op().name().equals("all_gather")).count();
  }

  @Test
  void belowFullItRunsGroupsOfLayersAgain() {
    var none = DEEP.run("dp=2");
    var full = DEEP.run("dp=2,remat=full");
    long budget = full.peakBytes() * 9 / 10;
    var knobs = "dp=2,remat=budget:" + budget;
    var grouped = DEEP.run(knobs);
    assertThat(grouped.peakBytes()).isLessThanOrEqualTo(budget);
    assertThat(grouped.result().loss()).isEqualTo(none.result().loss());
    var gradients = grouped.result().gradients();
    none.result()
        .gradients()
        .forEach(
            (name, gradient) ->
                assertThat(Model.identical(Objects.requireNonNull(gradients.get(name)), gradient))
                    .as(name)
                    .isTrue());
    assertThat(DEEP.step(knobs).only().body().nodes())
        .anyMatch(
            n -> n.op() instanceof Repeat repeat && repeat.axis().axis().equals("layers_group"));
  }

  /** Layers that are treated differently meet a budget that no rule for all of them would. */
  @Test
  void layersAreTreatedDifferentlyWhereThatIsCheaper() {
    var model = new Model("gpt2", SMALL);
    long least = Model.predictedPeakBytes(model.step("dp=2,remat=full"));
    long most = Model.predictedPeakBytes(model.step("dp=2"));
    var steps =
        LongStream.range(1, 8)
            .map(part -> least + (most - least) * part / 8)
            .mapToObj(bytes -> model.step("dp=2,remat=budget:" + bytes))
            .map(BudgetTest::rowsOfLayers)
            .toList();
    assertThat(steps).allMatch(rows -> rows.stream().mapToLong(Long::longValue).sum() == 2 * 4);
    assertThat(steps).anyMatch(rows -> rows.size() > 2);
  }

  /** Where room is scarce, layers run forward more than twice, from inputs that are kept. */
  @Test
  void layersMayRunForwardMoreThanOnce() {
    var model = new Model("gpt2", SMALL);
    var message = model.tried("dp=2,remat=budget:1").diagnostics().getFirst().message();
    long least = Long.parseLong(message.replaceAll(".*nearest legal budget is ", ""));
    var step = model.step("dp=2,remat=budget:" + least);
    assertThat(Model.predictedPeakBytes(step))
        .isLessThan(Model.predictedPeakBytes(model.step("dp=2,remat=full")));
  }

  private static List<Long> rowsOfLayers(Module step) {
    return step.only().body().nodes().stream()
        .filter(n -> n.op() instanceof Repeat repeat && repeat.axis().axis().equals("layers"))
        .map(n -> ((Repeat) n.op()).axis().size())
        .toList();
  }

  /** The first stage of a 1F1B schedule holds the most micro-batches, the last one a single. */
  @Test
  void earlyStagesComputeMoreAgain() {
    var model = new Model("gpt2", Map.of("layers", "8", "model", "32", "seq", "16", "vocab", "16"));
    var knobs = "pp=4,micro=8";
    var peaks = MemoryUse.ofDevices(model.step(knobs)).stream().map(MemoryUse::peakBytes).toList();
    var step = model.step(knobs + ",remat=budget:" + (peaks.get(1) + peaks.get(2)) / 2);
    var again =
        IntStream.range(0, 4)
            .mapToObj(
                stage ->
                    step.functions().stream()
                        .filter(f -> f.name().startsWith("stage" + stage))
                        .mapToLong(BudgetTest::computedAgain)
                        .sum())
            .toList();
    assertThat(again).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(again.getFirst()).isGreaterThan(again.get(1));
    assertThat(again.get(1)).isPositive();
    assertThat(again.get(2)).isZero();
  }

  private static long computedAgain(Function function) {
    return function
        .body()
        .allNodes()
        .filter(n -> n.names().stream().anyMatch(s -> s.startsWith("re_")))
        .count();
  }

  /** With little room a gathered value is dropped, and gathered again. */
  @Test
  void withLittleRoomItGathersAgain() {
    var model = new Model("gpt2", SMALL);
    var full = model.step("tp=2,sp,remat=full");
    var tight = model.step("tp=2,sp,remat=budget:" + Model.predictedPeakBytes(full));
    assertThat(gathers(tight)).isGreaterThan(gathers(model.step("tp=2,sp,remat=budget:1GB")));
  }

  /** Of two stages the one that fits is left as it is. */
  @Test
  void onlyTheFullestStageSaves() {
    var model = new Model("gpt2", SMALL);
    var peaks = MemoryUse.ofDevices(model.step("pp=2,micro=4")).stream().map(MemoryUse::peakBytes);
    var both = peaks.sorted().toList();
    assertThat(both.getFirst()).isLessThan(both.getLast());
    var step = model.step("pp=2,micro=4,remat=budget:" + both.getFirst());
    var again =
        step.functions().stream()
            .filter(BudgetTest::computesAgain)
            .map(function -> function.name().replaceAll("_.*", ""))
            .distinct();
    assertThat(again).hasSize(1);
  }

  private static boolean computesAgain(Function function) {
    return computedAgain(function) > 0;
  }

  @Test
  void aBudgetBelowTheMinimumNamesOneThatSuffices() {
    var model = new Model("gpt2", SMALL);
    var message = model.tried("dp=2,remat=budget:1000").diagnostics().getFirst().message();
    var least = message.replaceAll(".*at least ([0-9,]+) bytes.*", "$1").replace(",", "");
    assertThat(model.tried("dp=2,remat=budget:" + least).hasErrors()).isFalse();
    assertThat(model.tried("dp=2,remat=budget:" + (Long.parseLong(least) - 1)).hasErrors())
        .isTrue();
  }

  private static String text(Module module) {
    return Printer.print(module);
  }
}
