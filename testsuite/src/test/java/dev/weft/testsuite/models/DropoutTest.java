package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * With dropout, too, every plan computes what the serial run does, in the memory that is predicted:
 * one step has one mask, however it is cut, recomputed, moved or put off.
 */
class DropoutTest {
  private static final double TOLERANCE = 1e-12;
  private static final String RATE = "dropout";

  private static final List<String> MODELS = List.of("gpt2", "bert", "t5", "vit");

  private static final List<String> PLANS =
      List.of(
          "dp=8",
          "dp=2,tp=4",
          "tp=4,sp",
          "dp=2,tp=2,sp,zero=1,micro=4",
          "dp=4,zero=2,micro=2,remat=selective",
          "dp=4,zero=3,hybrid=2,remat=full",
          "dp=2,tp=2,micro=2,remat=full",
          "dp=2,tp=2,sp,micro=2,remat=selective,offload=activations",
          "dp=2,zero=3,offload=params+optimizer",
          "dp=2,zero=3,micro=2,offload=params,cache=32KiB",
          "pp=2,chunks=2,schedule=interleaved,micro=4,offload=params,cache=32KiB,prefetch=off",
          "pp=2,schedule=gpipe,micro=4,remat=selective",
          "pp=4,dp=2,schedule=1f1b,micro=4,zero=1",
          "pp=2,chunks=2,schedule=interleaved,micro=4,remat=full",
          "pp=2,tp=2,dp=2,schedule=zb-h1,micro=4,remat=selective",
          "pp=2,tp=2,sp,schedule=zb-h2,micro=4",
          "pp=2,dp=2,zero=3,chunks=2,schedule=zb-v,micro=4",
          "pp=2,zero=2,dp=2,chunks=2,schedule=dualpipe-v,micro=4,offload=activations");

  @TestFactory
  Stream<DynamicNode> oneMaskUnderEveryPlan() {
    return Example.ALL.stream()
        .filter(e -> MODELS.contains(e.name()))
        .map(DropoutTest::underEveryPlan);
  }

  private static DynamicNode underEveryPlan(Example example) {
    var tests =
        Stream.of(example)
            .map(e -> truth(e, "0.1"))
            .flatMap(truth -> PLANS.stream().map(knobs -> test(truth, knobs)));
    return dynamicContainer(example.name(), tests);
  }

  private static DynamicNode test(Truth truth, String knobs) {
    return dynamicTest(
        knobs, () -> assertThat(truth.isAsPredicted(PlanChoice.knobs(knobs), TOLERANCE)).isTrue());
  }

  /** The mask is not all ones: another rate, another loss. */
  @Test
  void dropoutChangesTheLoss() {
    var gpt2 = Example.ALL.getFirst();
    var source = new Source("gpt2.weft", gpt2.source().text());
    assertThat(loss(source, gpt2, "0.1"))
        .isNotEqualTo(loss(source, gpt2, "0.2"))
        .isNotEqualTo(loss(source, gpt2, "0"));
  }

  private static double loss(Source source, Example example, String rate) {
    return new Truth(source, deep(example).with(RATE, rate)).firstLoss();
  }

  private static Truth truth(Example example, String rate) {
    return new Truth(example.source(), deep(example).with(RATE, rate));
  }

  /** Four layers, or as many in the encoder and the decoder together. */
  private static Options deep(Example example) {
    return example.name().equals("t5") ? example.small() : example.small().with("layers", "4");
  }
}
