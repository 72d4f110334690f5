package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.training.Check;
import dev.weft.cli.training.Training;
import dev.weft.ir.type.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Clipping, trust ratios, decay groups, learning rates, loss scales and master weights under plans
 * are what an optimizer on whole weights makes of the same gradients.
 */
class OptimizerTest {
  private static final int STEPS = 3;
  private static final List<String> MODELS = List.of("gpt2", "llama2", "t5", "bilinear");

  private static final List<String> OPTIMIZERS =
      List.of(
          "lamb(lr: cosine(1e-2, warmup: 2, steps: 4), clip_norm: 0.1, no_decay: vectors)",
          "adamw(lr: linear(1e-2, steps: 3), eps: 1e-3, weight_decay: 0.1, clip_norm: 0.1,"
              + " no_decay: vectors)",
          "adam(lr: inverse_sqrt(1e-2, warmup: 1), eps: 1e-3, weight_decay: 0.1,"
              + " no_decay: vectors)",
          "sgd(lr: 0.1, momentum: 0.9, clip_norm: 0.1, loss_scale: dynamic(interval: 2))");

  private static final List<String> PLANS =
      List.of("dp=2,zero=1", "tp=2,sp", "dp=2,tp=2,zero=1,micro=2", "dp=2,tp=2,zero=2");

  @TestFactory
  Stream<DynamicNode> parallelUpdatesAreSerialOnes() {
    return MODELS.stream()
        .map(
            model ->
                dynamicContainer(
                    model,
                    OPTIMIZERS.stream()
                        .flatMap(o -> PLANS.stream().map(p -> test(model, o, p, DType.F64)))));
  }

  @TestFactory
  Stream<DynamicTest> sixteenBits() {
    var optimizer = "adamw(lr: 1e-2, eps: 1e-3, clip_norm: 1)";
    return Stream.of(DType.BF16, DType.F16)
        .flatMap(d -> PLANS.stream().map(p -> test("gpt2", optimizer, p, d)));
  }

  @TestFactory
  Stream<DynamicTest> pipelines() {
    return OPTIMIZERS.stream().map(o -> test("gpt2", o, "dp=2,pp=2,micro=2,zero=1", DType.F64));
  }

  /** Each of these changes what training does, or the tests above would show nothing. */
  @Test
  void everyRuleMatters() {
    var plain = losses("lamb(lr: 1e-2, weight_decay: 1)");
    assertThat(losses("lamb(lr: 1e-2, weight_decay: 1, no_decay: vectors)")).isNotEqualTo(plain);
    assertThat(losses("lamb(lr: linear(1e-2, steps: 3), weight_decay: 1)")).isNotEqualTo(plain);
    var momentum = losses("sgd(lr: 0.1, momentum: 0.9)");
    assertThat(losses("sgd(lr: 0.1, momentum: 0.9, clip_norm: 0.1)")).isNotEqualTo(momentum);
    assertThat(losses("sgd(lr: 0.1, momentum: 0.9, clip_norm: 1e9)")).isEqualTo(momentum);
  }

  private static DynamicTest test(String model, String optimizer, String plan, DType precision) {
    return dynamicTest(
        plan + " " + precision.text() + " " + optimizer,
        () -> {
          var check = check(model, optimizer, plan, precision);
          assertThat(check.passed()).as("%s", check).isTrue();
        });
  }

  private static Check check(String model, String optimizer, String plan, DType precision) {
    return Training.proved(STEPS)
        .run(compilation(model, optimizer, plan, precision))
        .orThrow()
        .check()
        .orElseThrow();
  }

  private static List<Double> losses(String optimizer) {
    return Training.proved(STEPS)
        .run(compilation("bilinear", optimizer, "dp=2", DType.F64))
        .orThrow()
        .losses();
  }

  private static Compilation compilation(
      String model, String optimizer, String plan, DType precision) {
    var example =
        Example.ALL.stream().filter(e -> e.name().equals(model)).findFirst().orElseThrow();
    var options = example.small().with(precision).with("batch", "8").with("optimizer", optimizer);
    return Compilation.of(example.source(), options, PlanChoice.knobs(plan)).orThrow();
  }
}
