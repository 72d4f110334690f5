package dev.weft.testsuite.remat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.runtime.tensor.Tensor;
import dev.weft.testsuite.remat.Model.Measured;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Computing again changes no bit of a loss, an output or a gradient. */
class RematEquivalenceTest {
  private static final Map<String, String> SMALL =
      Map.of("layers", "4", "model", "32", "batch", "8", "seq", "16");

  private static final List<Model> MODELS =
      List.of(
          new Model("gpt2", SMALL),
          new Model("llama2", SMALL),
          new Model(
              "t5",
              Map.of(
                  "encoder_layers", "2",
                  "decoder_layers", "2",
                  "model", "32",
                  "batch", "8",
                  "seq", "16",
                  "target", "16")),
          new Model("bilinear", SMALL));

  private static final List<String> PLANS = List.of("dp=2", "tp=2", "dp=2,tp=2,sp,zero=1,micro=2");

  private static final List<String> PIPELINES =
      List.of("pp=2,micro=4", "tp=2,sp,pp=2,micro=4,schedule=zb-v", "dp=2,pp=2,micro=4,zero=1");

  @TestFactory
  Stream<DynamicTest> everyPolicyUnderEveryPlan() {
    return MODELS.stream()
        .flatMap(
            model ->
                PLANS.stream()
                    .map(plan -> dynamicTest(model.name() + " " + plan, () -> check(model, plan))));
  }

  @TestFactory
  Stream<DynamicTest> everyStageOfAPipeline() {
    return PIPELINES.stream()
        .map(
            plan ->
                dynamicTest(
                    plan,
                    () -> {
                      var model = MODELS.getFirst();
                      var none = model.run(plan + ",remat=none");
                      same(model, plan + ",remat=selective", none);
                      var full = same(model, plan + ",remat=full", none);
                      assertThat(full.peakBytes()).isLessThan(none.peakBytes());
                    }));
  }

  private static void check(Model model, String plan) {
    var none = model.run(plan + ",remat=none");
    var full = same(model, plan + ",remat=full", none);
    var selective = same(model, plan + ",remat=selective", none);
    assertThat(full.peakBytes()).isLessThan(selective.peakBytes());
    assertThat(selective.peakBytes()).isLessThan(none.peakBytes());
    for (long part = 0; part < 3; part++) {
      long budget = full.peakBytes() + (none.peakBytes() - full.peakBytes()) * part / 3;
      var within = same(model, plan + ",remat=budget:" + budget, none);
      assertThat(within.peakBytes()).isLessThanOrEqualTo(budget);
    }
  }

  private static Measured same(Model model, String knobs, Measured expected) {
    var measured = model.run(knobs);
    assertThat(measured.result().loss()).as(knobs).isEqualTo(expected.result().loss());
    requireSame(measured.result().gradients(), expected.result().gradients(), knobs);
    requireSame(measured.result().outputs(), expected.result().outputs(), knobs);
    assertThat(measured.peakBytes())
        .as("%s: peak as predicted", knobs)
        .isEqualTo(Model.predictedPeakBytes(model.step(knobs)));
    return measured;
  }

  private static void requireSame(
      Map<String, Tensor> actual, Map<String, Tensor> expected, String knobs) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            assertThat(Model.identical(Objects.requireNonNull(actual.get(name)), tensor))
                .as(knobs + " " + name)
                .isTrue());
  }
}
