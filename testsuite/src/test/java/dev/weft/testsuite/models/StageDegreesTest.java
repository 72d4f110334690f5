package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.PlanChoice;
import dev.weft.ir.source.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages may have other degrees than their neighbours: what crosses is moved within a stage. */
class StageDegreesTest {
  private static final double TOLERANCE = 1e-12;

  /** Four replicas hand over to two of two devices each; the border is finer on the left. */
  private static final String COARSER =
      """
      { "axis": "batch", "over": ["a", "b"], "stages": [0] },
      { "axis": "batch", "over": ["a"], "stages": [1] },
      { "axis": "heads", "over": ["b"], "stages": [1] },
      { "axis": "ffn", "over": ["b"], "stages": [1] }
      """;

  /** The other way round, with a sequence that lies in pieces on the left. */
  private static final String FINER =
      """
      { "axis": "heads", "over": ["b"], "stages": [0] },
      { "axis": "ffn", "over": ["b"], "stages": [0] },
      { "axis": "batch", "over": ["a", "b"], "stages": [1] },
      { "axis": "batch", "over": ["a"], "stages": [0] },
      { "axis": "seq", "over": ["b"], "scope": "activations", "stages": [0] }
      """;

  @ParameterizedTest
  @ValueSource(strings = {COARSER, FINER})
  void stagesOfOtherDegreesComputeTheSame(String rules) {
    var example = Example.ALL.getFirst();
    var truth = new Truth(example.source(), example.small().with("layers", "3"));
    var parallel = truth.run(PlanChoice.json(new Source("plan.json", plan(rules))));
    assertThat(parallel.collectives()).contains("send");
    assertThat(parallel.comparison().passed(TOLERANCE))
        .as("worst is %s", parallel.comparison().worst())
        .isTrue();
  }

  private static String plan(String rules) {
    return """
        {
          "version": 1,
          "mesh": { "pp": 2, "a": 2, "b": 2 },
          "shard": [ %s ],
          "microBatches": 4,
          "optimizerSharding": { "level": 1, "over": ["a"] },
          "pipeline": {
            "over": "pp",
            "schedule": "1f1b",
            "stages": [
              { "device": 0, "layers": { "blocks": 2 } },
              { "device": 1, "layers": { "blocks": 1 } }
            ]
          }
        }
        """
        .formatted(rules);
  }
}
