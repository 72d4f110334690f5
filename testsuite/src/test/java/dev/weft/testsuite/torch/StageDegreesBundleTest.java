package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.PlanChoice;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline whose first stage is tensor parallel and whose second one is data parallel. */
class StageDegreesBundleTest {
  private static final String PLAN =
      """
      {
        "version": 1,
        "mesh": { "pp": 2, "a": 2, "b": 2 },
        "shard": [
          { "axis": "heads", "over": ["b"], "stages": [0] },
          { "axis": "ffn", "over": ["b"], "stages": [0] },
          { "axis": "batch", "over": ["a", "b"], "stages": [1] },
          { "axis": "batch", "over": ["a"], "stages": [0] },
          { "axis": "seq", "over": ["b"], "scope": "activations", "stages": [0] }
        ],
        "microBatches": 2,
        "optimizerSharding": { "level": 1, "over": ["a"] },
        "pipeline": {
          "over": "pp",
          "schedule": "1f1b",
          "stages": [
            { "device": 0, "layers": { "blocks": 5 } },
            { "device": 1, "layers": { "blocks": 3 } }
          ]
        }
      }
      """;

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> stagesMayCutAWeightInDifferentWays()
      throws IOException, InterruptedException {
    var plan = PlanChoice.json(new Source("plan.json", PLAN));
    var bundle = Emitted.into(folder, "gpt2", "degrees", plan);
    assertThat(Files.readString(bundle.directory().resolve("model.py"))).contains("cuts={");
    return Claim.tests(List.of(new Parity(bundle).claim()));
  }
}
