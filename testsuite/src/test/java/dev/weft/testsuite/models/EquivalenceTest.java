package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every example under every plan of the matrix computes, in float64, what the serial run computes:
 * loss, outputs and gradients of two steps.
 *
 * <p>The models are the preset {@code tiny} with fewer layers, tokens and features; {@code
 * -Dweft.matrix=full} takes the preset as it is.
 */
class EquivalenceTest {
  private static final double TOLERANCE = 1e-12;
  private static final boolean FULL = "full".equals(System.getProperty("weft.matrix"));

  @TestFactory
  Stream<DynamicNode> everyExampleUnderEveryPlan() {
    return Example.ALL.stream().map(EquivalenceTest::underEveryPlan);
  }

  @TestFactory
  Stream<DynamicNode> expertsAmongDevices() {
    var example = Example.ALL.stream().filter(e -> e.name().equals("mixtral")).findFirst();
    var truth = example.map(e -> new Truth(e.source(), FULL ? e.asIs() : e.small())).orElseThrow();
    return PlanMatrix.experts().stream().map(knobs -> test(truth, knobs));
  }

  private static DynamicNode underEveryPlan(Example example) {
    // One serial run for all plans, made when the first of them is tested.
    var plans =
        Stream.of(example)
            .map(e -> new Truth(e.source(), FULL ? e.asIs() : e.small()))
            .flatMap(truth -> PlanMatrix.all().stream().map(knobs -> test(truth, knobs)));
    return dynamicContainer(example.name(), plans);
  }

  private static DynamicNode test(Truth truth, String knobs) {
    return dynamicTest(
        knobs,
        () -> {
          var parallel = truth.run(knobs);
          var comparison = parallel.comparison();
          assertThat(parallel.collectives()).as("collectives").isNotEmpty();
          assertThat(comparison.passed(TOLERANCE))
              .as(
                  "%s: worst is %s; loss %.2g, outputs %.2g, gradients %.2g",
                  knobs,
                  comparison.worst(),
                  comparison.lossMaxRelError(),
                  comparison.outputMaxRelError(),
                  comparison.gradMaxRelError())
              .isTrue();
        });
  }

  @Test
  void noExampleIsLeftOut() throws Exception {
    var folder = Path.of(System.getProperty("weft.root"), "examples");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".weft")))
          .containsExactlyInAnyOrderElementsOf(
              Example.ALL.stream().map(e -> e.name() + ".weft").toList());
    }
  }
}
