package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
  private static final String SOUND =
      """
      {
        "version": 1,
        "mesh": { "dp": 2, "tp": 4 },
        "shard": [
          { "axis": "batch", "over": ["dp"], "why": "data parallel" },
          { "axis": "heads", "over": ["tp"] },
          { "axis": "seq", "over": ["tp"], "scope": "activations", "why": "between \\"the\\" parts" }
        ],
        "microBatches": 4,
        "optimizerSharding": { "level": 1, "over": ["dp"] }
      }
      """;

  private static final Plan PLAN =
      new Plan(
          new Mesh(List.of(new MeshAxis("dp", 2), new MeshAxis("tp", 4))),
          List.of(
              new AxisRule("batch", List.of("dp"), AxisRule.Scope.ALL, "data parallel"),
              new AxisRule("heads", List.of("tp"), AxisRule.Scope.ALL, ""),
              new AxisRule(
                  "seq", List.of("tp"), AxisRule.Scope.ACTIVATIONS, "between \"the\" parts")),
          4,
          new OptimizerSharding(1, List.of("dp")));

  @Test
  void readsAPlan() {
    var checked = PlanJson.read(new Source("plan.json", SOUND));
    assertThat(checked.diagnostics()).isEmpty();
    assertThat(checked.orThrow()).isEqualTo(PLAN);
  }

  @Test
  void writesWhatAPersonWould() {
    assertThat(PlanJson.write(PLAN)).isEqualTo(SOUND);
  }

  @Test
  void whatIsAbsentHasADefault() {
    var plan = PlanJson.read(new Source("plan.json", "{\"version\": 1, \"mesh\": {}}")).orThrow();
    assertThat(plan).isEqualTo(Plan.SERIAL);
    assertThat(PlanJson.read(new Source("", PlanJson.write(plan))).orThrow()).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void randomPlansReadBack(long seed) {
    var plan = random(new Random(seed));
    var text = PlanJson.write(plan);
    var read = PlanJson.read(new Source("plan.json", text)).orThrow();
    assertThat(read).isEqualTo(plan);
    assertThat(PlanJson.write(read)).isEqualTo(text);
  }

  private static Plan random(Random random) {
    var axes = new ArrayList<MeshAxis>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      axes.add(new MeshAxis("m" + i + "é\"", 1 + random.nextInt(64)));
    }
    var names = axes.stream().map(MeshAxis::name).toList();
    var rules = new ArrayList<AxisRule>();
    for (int i = 0; i < random.nextInt(5); i++) {
      var over = names.subList(0, 1 + random.nextInt(names.size()));
      var scope = AxisRule.Scope.values()[random.nextInt(2)];
      rules.add(new AxisRule("axis" + i, over, scope, random.nextBoolean() ? "" : "why\t\n\\"));
    }
    int split = random.nextInt(names.size());
    var sharding =
        split == 0
            ? new OptimizerSharding(random.nextInt(4), names)
            : new OptimizerSharding(3, names.subList(0, split), names.subList(split, names.size()));
    return new Plan(new Mesh(axes), rules, 1 + random.nextInt(9), sharding)
        .withRemat(remat(random))
        .withPrefetch(Prefetch.values()[random.nextInt(2)])
        .withWhy(random.nextBoolean() ? List.of() : List.of("dp=2; dp=4 is \"slow\"", "é\\"));
  }

  private static RematPlan remat(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new RematPlan.None();
      case 1 -> new RematPlan.Selective();
      case 2 -> new RematPlan.Full();
      case 3 -> new RematPlan.Budget(1 + (random.nextLong() >>> 1));
      default -> new RematPlan.Values(List.of("blocks/a", "é\""));
    };
  }

  /** Each case is the sound plan with one edit; the place is that of the fault after the edit. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\": 1,|\"version\": 2,|VERSION|2:14|version 2",
        "\"version\": 1,|\"version\": \"1\",|WRONG_TYPE|2:14|an integer, not the text",
        "  \"version\": 1,|  |MISSING_KEY|1:1|version",
        "\"mesh\": { \"dp\": 2, \"tp\": 4 },||MISSING_KEY|1:1|mesh",
        "\"mesh\": {|\"mish\": {|UNKNOWN_KEY|3:3|did you mean \"mesh\"?",
        "\"why\": \"data|\"because\": \"data|UNKNOWN_KEY|5:40|axis, over, scope, stages, why",
        "\"level\": 1|\"lvel\": 1|UNKNOWN_KEY|10:26|did you mean \"level\"?",
        "\"axis\": \"heads\", ||MISSING_KEY|6:5|axis",
        ", \"over\": [\"tp\"] },|},|MISSING_KEY|6:5|over",
        "\"level\": 1, ||MISSING_KEY|10:24|level",
        ", \"over\": [\"dp\"] }%n}|}%n}|MISSING_KEY|10:24|over",
        "\"tp\": 4|\"tp\": 0|MESH|3:28|has 0 devices",
        "\"tp\": 4|\"tp\": 2.0|WRONG_TYPE|3:28|an integer, not `2.0`",
        "\"tp\": 4|\"tp\": 2000000000|TOO_MANY_DEVICES|3:11|too many",
        "\"tp\": 4|\"tp\": 4, \"\": 1|MESH|3:31|needs a name",
        "\"tp\": 4|\"tp\": 4, \"tp\": 4|REPEATED_KEY|3:31|given twice",
        "{ \"dp\": 2, \"tp\": 4 }|8|WRONG_TYPE|3:11|an object, not `8`",
        "[\"tp\"] },|[\"pt\"] },|UNKNOWN_MESH_AXIS|6:33|did you mean \"tp\"?",
        "[\"tp\"] },|[\"pipe\"] },|UNKNOWN_MESH_AXIS|6:33|dp, tp",
        "[\"tp\"] },|[\"tp\", \"tp\"] },|REPEATED_MESH_AXIS|6:39|twice",
        "[\"tp\"] },|[] },|EMPTY_RULE|6:32|no mesh axis",
        "[\"tp\"] },|\"tp\" },|WRONG_TYPE|6:32|a list",
        "[\"tp\"] },|[3] },|WRONG_TYPE|6:33|the name of a mesh axis",
        "\"heads\"|\"batch\"|REPEATED_RULE|6:15|already",
        "\"heads\"|\"\"|WRONG_TYPE|6:15|the name of an axis",
        "\"heads\"|null|WRONG_TYPE|6:15|must be a text, not `null`",
        "\"activations\"|\"activation\"|UNKNOWN_SCOPE|7:47|did you mean \"activations\"?",
        "\"activations\"|\"some\"|UNKNOWN_SCOPE|7:47|no scope",
        "\"microBatches\": 4|\"microBatches\": 0|MICRO_BATCHES|9:19|the least is 1",
        "\"microBatches\": 4|\"microBatches\": [4]|WRONG_TYPE|9:19|an integer, not a list",
        "\"microBatches\": 4|\"microBatches\": 4, \"microBatches\": 4|REPEATED_KEY|9:22|twice",
        "\"microBatches\": 4|\"microBatches\": 44444444444|WRONG_TYPE|9:19|an integer",
        "\"level\": 1|\"level\": 4|OPTIMIZER_LEVEL|10:35|levels are 0 to 3, the nearest is 3",
        "\"level\": 1|\"level\": -1|OPTIMIZER_LEVEL|10:35|the nearest is 0",
        "[\"dp\"] }%n}|[\"dp\"], \"replicas\": [\"dp\"] }%n}|REPEATED_MESH_AXIS|10:66|already",
        "[\"dp\"] }%n}|[\"dp\"], \"replicas\": [\"dq\"] }%n}|UNKNOWN_MESH_AXIS|10:67|\"dq\"",
        "\"heads\", |\"heads\", \"stages\": [0], |RULE_STAGES|6:34|no pipeline",
        "1, \"over\": [\"dp\"]|1, \"over\": []|EMPTY_RULE|10:46|no mesh axis",
        "1, \"over\": [\"dp\"]|1, \"over\": [\"cp\"]|UNKNOWN_MESH_AXIS|10:47|no axis \"cp\"",
        "\"version\": 1,|\"version\": 1|SYNTAX|3:3|not JSON",
        "\"version\": 1,|'version': 1,|SYNTAX|2:3|not JSON",
        "\"version\": 1,|// comment%n|SYNTAX|2:3|not JSON",
        "\"version\": 1,|\"version\": 01,|SYNTAX|2:15|not JSON",
      })
  void refuses(String old, String replacement, PlanCode code, String place, String message) {
    var to = replacement == null ? "" : replacement;
    new PlanMistake(SOUND, old, to).assertRefused(code, place, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|SYNTAX|empty",
        "'   '|SYNTAX|empty",
        "[]|WRONG_TYPE|not a list",
        "true|WRONG_TYPE|not `true`",
        "{\"version\": 1, \"mesh\": {}} {}|SYNTAX|nothing may follow",
        "{\"version\": 1, \"mesh\": {|SYNTAX|not JSON",
        "{\"version\": 1, \"mesh\": {}, \"shard\": [3]}|WRONG_TYPE|an object, not `3`",
        "{\"version\": 1, \"mesh\": {}, \"why\": [3]}|WRONG_TYPE|a text, not `3`",
        "{\"version\": 1, \"mesh\": {}, \"why\": \"so\"}|WRONG_TYPE|a list",
        "dp=2,tp=2|SYNTAX|not JSON",
      })
  void refusesWhatIsNoPlan(String text, PlanCode code, String message) {
    var diagnostics = PlanJson.read(new Source("p", text)).diagnostics();
    assertThat(diagnostics).hasSize(1);
    assertThat(diagnostics.getFirst().code()).isEqualTo(code);
    assertThat(diagnostics.getFirst().message()).contains(message);
  }

  @Test
  void reportsEverythingInOneRun() {
    var text =
        SOUND
            .replace("\"version\": 1", "\"version\": 7")
            .replace("[\"tp\"]", "[\"x\"]")
            .replace("\"microBatches\": 4", "\"microBatches\": 0");
    assertThat(PlanJson.read(new Source("p", text)).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(
            PlanCode.VERSION,
            PlanCode.UNKNOWN_MESH_AXIS,
            PlanCode.UNKNOWN_MESH_AXIS,
            PlanCode.MICRO_BATCHES);
  }

  @Test
  void warnsOfAnIdleMeshAxisButReads() {
    var text = SOUND.replace("\"tp\": 4", "\"tp\": 4, \"one\": 1, \"idle\": 3");
    var checked = PlanJson.read(new Source("p", text));
    assertThat(checked.hasErrors()).isFalse();
    assertThat(checked.orThrow().mesh().devices()).isEqualTo(24);
    assertThat(checked.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(PlanCode.UNUSED_MESH_AXIS);
    assertThat(checked.diagnostics().getFirst().span().text()).isEqualTo("\"idle\"");
  }

  @Test
  void oneAxisMayHaveARuleOfEachScope() {
    var text = SOUND.replace("\"heads\"", "\"seq\"");
    assertThat(PlanJson.read(new Source("p", text)).diagnostics()).isEmpty();
  }

  @Test
  void everyFaultHasItsOwnNumber() {
    assertThat(PlanCode.values()).extracting(PlanCode::id).doesNotHaveDuplicates();
  }
}
