package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that Weft searches for. */
class PlanSearchTest {
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void aModel() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
  }

  @Test
  void thePlansFoundAreShownBestFirst() {
    var found = Weft.run(directory, "plan", "a.weft", "--cluster", "dgx-h100", "--devices", "4");
    assertThat(found.expectStatus(0).out())
        .contains("step", "MFU", "memory", "binds", "plan")
        .contains("the runner-up takes")
        .containsPattern("(?m)^ +10 ");
  }

  @Test
  void theJsonHasThePlanAndItsRivals() {
    var found =
        Weft.run(
            directory,
            "plan",
            "a.weft",
            "--cluster",
            "dgx-h100",
            "--devices",
            "4",
            "-o",
            "p.json",
            "--json");
    var json = found.expectStatus(0).json();
    assertThat(json.get("plan").get("version").asInt()).isEqualTo(1);
    assertThat(json.get("evaluated").asLong()).isPositive();
    assertThat(json.get("search_seconds").asDouble()).isPositive();
    var best = json.get("best");
    assertThat(best).hasSize(10);
    assertThat(best.get(0).get("step_seconds").asDouble())
        .isEqualTo(json.get("step_seconds").asDouble());
    for (int rank = 1; rank < best.size(); rank++) {
      assertThat(best.get(rank).get("step_seconds").asDouble())
          .isGreaterThanOrEqualTo(best.get(rank - 1).get("step_seconds").asDouble());
    }
    var knobs = best.get(0).get("knobs").asText();
    var written = Weft.run(directory, "plan", "a.weft", "--plan", knobs).expectStatus(0);
    var plan = plan(Weft.read(directory.resolve("p.json")));
    assertThat(plan.why()).isNotEmpty();
    assertThat(plan.withWhy(List.of())).isEqualTo(plan(written.out()));
  }

  private static Plan plan(String json) {
    return PlanJson.read(new Source("p.json", json)).orThrow();
  }

  @Test
  void aRunTakesTheBestPlan() {
    var run =
        Weft.run(
            directory, "run", "a.weft", "--plan", "auto", "--devices", "4", "--check", "--json");
    assertThat(run.expectStatus(0).json().get("plan").get("mesh").toString()).contains("4");
    assertThat(run.err()).contains("plan: ", "the best for 4 devices of dgx-a100-80");
  }

  @Test
  void theBestPlanIsSimulated() {
    var priced =
        Weft.run(directory, "simulate", "a.weft", "--plan", "auto", "--cluster", "dgx-h100");
    assertThat(priced.expectStatus(0).err()).contains("the best for 8 devices of dgx-h100");
    assertThat(priced.out()).contains("What binds: ");
  }

  @Test
  void aProgramIsPlannedForItsCluster() {
    Weft.run(
            directory,
            "compile",
            "a.weft",
            "--target",
            "cpu",
            "--cluster",
            "dgx-a100-80",
            "--devices",
            "2",
            "-o",
            "out")
        .expectStatus(0);
    assertThat(Weft.read(directory.resolve("out/plan.json"))).contains("2");
  }

  @Test
  void withoutAClusterAndAPlanThereIsOneDevice() {
    var written = Weft.run(directory, "plan", "a.weft", "--json").expectStatus(0);
    assertThat(written.json().get("plan").get("mesh")).isEmpty();
  }

  @Test
  void theLengthAndTheBatchAreThoseOfTheOptions() {
    var json =
        Weft.run(
                directory,
                "plan",
                "a.weft",
                "--cluster",
                "dgx-a100-80",
                "--devices",
                "4",
                "--batch",
                "4",
                "--seq",
                "8",
                "--json")
            .expectStatus(0)
            .json();
    assertThat(json.get("best").get(0).get("micro_batch").asLong()).isLessThanOrEqualTo(4);
  }
}
