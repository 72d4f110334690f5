package dev.weft.testsuite.remat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.text.Printer;
import dev.weft.passes.cost.MemoryUse;
import java.util.Map;
import java.util.Objects;
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
    return function
        .body()
        .allNodes()
        .anyMatch(n -> n.names().stream().anyMatch(s -> s.startsWith("re_")));
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
