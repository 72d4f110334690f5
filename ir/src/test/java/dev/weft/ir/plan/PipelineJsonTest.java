package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.source.Source;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plans say of stages, schedules, rematerialization and offload. */
class PipelineJsonTest {
  private static final String SOUND =
      """
      {
        "version": 1,
        "mesh": { "pp": 2, "dp": 2, "fs": 2 },
        "shard": [
          { "axis": "batch", "over": ["dp", "fs"] },
          { "axis": "heads", "over": ["fs"], "stages": [0, 1], "why": "first" },
          { "axis": "heads", "over": ["dp"], "stages": [2] }
        ],
        "microBatches": 4,
        "pipeline": {
          "over": "pp",
          "schedule": "1f1b",
          "stages": [
            { "device": 0 },
            { "device": 1, "layers": { "encoder": 2, "decoder": 1 } },
            { "device": 0, "layers": { "decoder": 3 } }
          ]
        },
        "optimizerSharding": { "level": 3, "over": ["fs"], "replicas": ["dp"] },
        "remat": { "policy": "budget", "bytes": 80000000000 },
        "offload": ["optimizer", "params", "activations"],
        "cache": { "bytes": 20000000000 },
        "prefetch": false
      }
      """;

  private static final Plan PLAN =
      new Plan(
          new Mesh(List.of(new MeshAxis("pp", 2), new MeshAxis("dp", 2), new MeshAxis("fs", 2))),
          List.of(
              new AxisRule("batch", List.of("dp", "fs"), AxisRule.Scope.ALL, ""),
              new AxisRule("heads", List.of("fs"), AxisRule.Scope.ALL, List.of(0, 1), "first"),
              new AxisRule("heads", List.of("dp"), AxisRule.Scope.ALL, List.of(2), "")),
          4,
          new OptimizerSharding(3, List.of("fs"), List.of("dp")),
          Optional.of(
              new PipelinePlan(
                  "pp",
                  List.of(
                      new StagePlan(0, Map.of()),
                      new StagePlan(1, Map.of("encoder", 2, "decoder", 1)),
                      new StagePlan(0, Map.of("decoder", 3))),
                  new SchedulePlan.Named(ScheduleKind.ONE_F_ONE_B))),
          new RematPlan.Budget(80_000_000_000L),
          EnumSet.allOf(Offload.class),
          new CachePlan.Size(20_000_000_000L),
          Prefetch.OFF);

  @Test
  void readsAPlan() {
    var checked = PlanJson.read(new Source("plan.json", SOUND));
    assertThat(checked.diagnostics()).isEmpty();
    assertThat(checked.orThrow()).isEqualTo(PLAN);
  }

  @Test
  void writesWhatAPersonWould() {
    assertThat(PlanJson.write(PlanJson.read(new Source("p", SOUND)).orThrow())).isEqualTo(SOUND);
  }

  @Test
  void aTableIsWrittenRowByRow() {
    var text =
        SOUND.replace(
            "\"1f1b\"",
            """
            { "table": [
                  "0F0 0B0",
                  "1F0 1B0"
                ] }\
            """);
    var plan = PlanJson.read(new Source("p", text)).orThrow();
    assertThat(plan.pipeline().orElseThrow().schedule())
        .isEqualTo(new SchedulePlan.Table(List.of("0F0 0B0", "1F0 1B0")));
    assertThat(PlanJson.write(plan)).isEqualTo(text);
  }

  @Test
  void everyScheduleHasItsName() {
    for (var kind : ScheduleKind.values()) {
      var text = SOUND.replace("1f1b", kind.text());
      var plan = PlanJson.read(new Source("p", text)).orThrow();
      assertThat(plan.pipeline().orElseThrow().schedule()).isEqualTo(new SchedulePlan.Named(kind));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"budget\", \"bytes\": 80000000000|\"selective\"|selective",
        "\"budget\", \"bytes\": 80000000000|\"full\"|full",
        "\"budget\", \"bytes\": 80000000000|\"values\", \"recompute\": [\"blocks/a\","
            + " \"b\"]|values",
      })
  void everyPolicyReadsBack(String old, String replacement, String name) {
    assertThat(SOUND).contains(old);
    var text = SOUND.replace(old, replacement);
    var plan = PlanJson.read(new Source("p", text)).orThrow();
    assertThat(RematNames.of(plan.remat())).isEqualTo(name);
    assertThat(PlanJson.write(plan)).isEqualTo(text);
  }

  @Test
  void aCacheMayFitAPeak() {
    var text = SOUND.replace("{ \"bytes\": 20000000000 }", "{ \"peak\": 7 }");
    var plan = PlanJson.read(new Source("p", text)).orThrow();
    assertThat(plan.cache()).isEqualTo(new CachePlan.Peak(7));
    assertThat(PlanJson.write(plan)).isEqualTo(text);
  }

  @Test
  void defaultsAreNotWritten() {
    assertThat(PlanJson.write(Plan.SERIAL)).doesNotContain("pipeline", "remat", "offload", "cache");
  }

  @Test
  void whatIsFoundOutLaterHasItsPlace() {
    var places = PlanPlaces.of(new Source("p", SOUND));
    assertThat(places.schedule().text()).isEqualTo("\"1f1b\"");
    assertThat(places.stage(2).text())
        .isEqualTo("{ \"device\": 0, \"layers\": { \"decoder\": 3 } }");
    assertThat(places.stage(3).text()).isEmpty();
    assertThat(places.remat().text()).contains("budget");
    assertThat(places.offload().text()).contains("activations");
    assertThat(places.cache().text()).contains("20000000000");
    assertThat(places.optimizerSharding().text()).contains("level");
    var table = SOUND.replace("\"1f1b\"", "{ \"table\": [\"0F0\", \"1F0\"] }");
    assertThat(PlanPlaces.of(new Source("p", table)).tableRow(1).text()).isEqualTo("\"1F0\"");
  }

  /** Each case is the sound plan with one edit; the place is that of the fault after the edit. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"over\": \"pp\"|\"over\": \"qp\"|UNKNOWN_MESH_AXIS|11:13|did you mean \"pp\"?",
        "\"over\": \"pp\"|\"over\": [\"pp\"]|WRONG_TYPE|11:13|a text",
        "    \"over\": \"pp\",%n||MISSING_KEY|10:15|over",
        "    \"schedule\": \"1f1b\",%n||MISSING_KEY|10:15|schedule",
        "\"1f1b\"|\"1f2b\"|UNKNOWN_CHOICE|12:17|did you mean \"1f1b\"?",
        "\"1f1b\"|7|WRONG_TYPE|12:17|a name, or an object",
        "\"1f1b\"|{ \"table\": [\"0F0\"] }|STAGES|12:28|1 rows, one for each device",
        "\"1f1b\"|{ \"tabel\": [] }|UNKNOWN_KEY|12:19|did you mean \"table\"?",
        "\"device\": 1|\"device\": 2|STAGES|15:19|devices are 0 to 1",
        "\"device\": 1|\"device\": 0|STAGES|13:15|no stage lies on these devices",
        "\"device\": 1, ||MISSING_KEY|15:7|device",
        "\"encoder\": 2|\"encoder\": 0|STAGES|15:45|leave it out",
        "\"encoder\": 2|\"decoder\": 2|REPEATED_KEY|15:48|given twice",
        "{ \"device\": 0 }|0|WRONG_TYPE|14:7|an object",
        "[\"fs\"], \"replicas\"|[\"pp\"], \"replicas\"|PIPELINE_AXIS|19:24|no replicas",
        "[\"dp\", \"fs\"]|[\"pp\", \"fs\"]|PIPELINE_AXIS|5:32|runs along \"pp\"",
        "\"stages\": [2]|\"stages\": [3]|RULE_STAGES|7:50|the last is 2",
        "\"stages\": [2]|\"stages\": [-1]|RULE_STAGES|7:51|counted from 0",
        "\"stages\": [2]|\"stages\": [2, 2]|RULE_STAGES|7:54|named twice",
        "\"stages\": [2]|\"stages\": []|EMPTY_RULE|7:50|names no stage",
        "\"stages\": [2]|\"stages\": [1]|REPEATED_RULE|7:15|already",
        "\"budget\"|\"budgets\"|UNKNOWN_CHOICE|20:24|did you mean \"budget\"?",
        "\"budget\"|\"full\"|REMAT|20:41|has no \"bytes\"",
        ", \"bytes\": 80000000000||MISSING_KEY|20:12|bytes",
        "80000000000|0|REMAT|20:43|the least is 1",
        "80000000000|99999999999999999999|WRONG_TYPE|20:43|an integer",
        "\"policy\": \"budget\", ||MISSING_KEY|20:12|policy",
        "\"activations\"]|\"activation\"]|UNKNOWN_CHOICE|21:38|did you mean \"activations\"?",
        "\"activations\"]|3]|WRONG_TYPE|21:38|one of optimizer, params",
        "{ \"bytes\": 20000000000 }|{}|CACHE|22:12|either",
        "20000000000 }|20000000000, \"peak\": 1 }|CACHE|22:12|either",
        "20000000000|0|CACHE|22:23|the least is 1",
        "{ \"bytes\": 20000000000 }|20000000000|WRONG_TYPE|22:12|an object",
        "\"params\", ||CACHE|22:12|add `params`",
      })
  void refuses(String old, String replacement, PlanCode code, String place, String message) {
    var to = replacement == null ? "" : replacement;
    new PlanMistake(SOUND, old, to).assertRefused(code, place, message);
  }
}
