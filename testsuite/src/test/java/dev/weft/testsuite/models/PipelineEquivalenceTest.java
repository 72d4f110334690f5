package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Deep examples in pipelines compute, in float64, what the serial run computes, under every
 * schedule, every level of optimizer sharding and with anything on the host: tied embeddings, an
 * encoder whose output every stage of the decoder takes, weights that all layers share.
 */
class PipelineEquivalenceTest {
  private static final double TOLERANCE = 1e-12;
  private static final boolean FULL = "full".equals(System.getProperty("weft.matrix"));

  /** By example: what makes it deep enough for eight stages. */
  private static final Map<String, Map<String, String>> DEEP =
      Map.of(
          "gpt2", Map.of("layers", "8"),
          "llama2", Map.of("layers", "8"),
          "bilinear", Map.of("layers", "8"),
          "t5", Map.of("encoder_layers", "4", "decoder_layers", "4"));

  @TestFactory
  Stream<DynamicNode> deepExamplesUnderEverySchedule() {
    return Example.ALL.stream()
        .filter(e -> DEEP.containsKey(e.name()))
        .map(PipelineEquivalenceTest::underEverySchedule);
  }

  private static DynamicNode underEverySchedule(Example example) {
    var plans = new ArrayList<>(FULL ? PipelineMatrix.all() : PipelineMatrix.some());
    plans.addAll(PipelineMatrix.offloaded());
    plans.addAll(PipelineMatrix.unlike());
    plans.addAll(PipelineMatrix.ends());
    var tests =
        Stream.of(example)
            .map(PipelineEquivalenceTest::truth)
            .flatMap(truth -> plans.stream().map(knobs -> test(truth, knobs)));
    return dynamicContainer(example.name(), tests);
  }

  private static Truth truth(Example example) {
    var options = FULL ? example.asIs() : example.small();
    for (var size : DEEP.getOrDefault(example.name(), Map.of()).entrySet()) {
      options = options.with(size.getKey(), size.getValue());
    }
    return new Truth(example.source(), options);
  }

  private static DynamicNode test(Truth truth, String knobs) {
    return dynamicTest(
        knobs,
        () -> {
          var parallel =
              truth.run(
                  knobs.endsWith(PipelineMatrix.HALFWAY) ? truth.withHalfTheRoom(knobs) : knobs);
          var comparison = parallel.comparison();
          boolean staged = knobs.contains("pp=");
          assertThat(parallel.collectives().contains("send")).as("sends").isEqualTo(staged);
          assertThat(parallel.collectives().contains("to_host"))
              .as("transfers to the host")
              .isEqualTo(knobs.contains("offload"));
          assertThat(parallel.peakBytes()).isEqualTo(parallel.predictedPeakBytes());
          assertThat(comparison.passed(TOLERANCE))
              .as("worst is %s; gradients %.2g", comparison.worst(), comparison.gradMaxRelError())
              .isTrue();
        });
  }
}
