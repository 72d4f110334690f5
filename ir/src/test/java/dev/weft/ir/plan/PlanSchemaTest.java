package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema and the page about plans say what the reader does. */
class PlanSchemaTest {
  private static final Path DOCS = Path.of(System.getProperty("weft.root", "..")).resolve("docs");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private final JsonNode schema;
  private final String page;

  PlanSchemaTest() throws IOException {
    schema = new ObjectMapper().readTree(DOCS.resolve("plan.schema.json").toFile());
    page = Files.readString(DOCS.resolve("plan.md"));
  }

  @Test
  void theSchemaHasTheReadersKeys() {
    assertThat(keys(schema)).isEqualTo(PlanKeys.PLAN);
    assertThat(keys(rule())).isEqualTo(PlanKeys.RULE);
    assertThat(keys(optimizer())).isEqualTo(PlanKeys.OPTIMIZER);
    assertThat(keys(pipeline())).isEqualTo(PlanKeys.OF_PIPELINE);
    assertThat(keys(table())).isEqualTo(PlanKeys.OF_SCHEDULE);
    assertThat(keys(stage())).isEqualTo(PlanKeys.STAGE);
    assertThat(keys(remat())).isEqualTo(PlanKeys.OF_REMAT);
    assertThat(keys(cache())).isEqualTo(PlanKeys.OF_CACHE);
  }

  @Test
  void theSchemaForbidsOtherKeys() {
    assertThat(List.of(schema, rule(), optimizer(), pipeline(), table(), stage(), remat(), cache()))
        .allSatisfy(
            object -> assertThat(object.get("additionalProperties").asBoolean(true)).isFalse());
  }

  @Test
  void theSchemaRequiresWhatTheReaderRequires() {
    assertThat(texts(schema.get("required"))).containsExactly(PlanKeys.VERSION, PlanKeys.MESH);
    assertThat(texts(rule().get("required"))).containsExactly(PlanKeys.AXIS, PlanKeys.OVER);
    assertThat(texts(optimizer().get("required"))).containsExactly(PlanKeys.LEVEL);
    assertThat(texts(pipeline().get("required"))).isEqualTo(PlanKeys.OF_PIPELINE);
    assertThat(texts(table().get("required"))).containsExactly(PlanKeys.TABLE);
    assertThat(texts(stage().get("required"))).containsExactly(PlanKeys.DEVICE);
    assertThat(texts(remat().get("required"))).containsExactly(PlanKeys.POLICY);
    for (var key : texts(schema.get("required"))) {
      assertThat(PlanJson.read(new Source("p", "{}")).diagnostics())
          .anySatisfy(d -> assertThat(d.message()).contains("\"" + key + "\""));
    }
  }

  @Test
  void theSchemaHasTheReadersConstants() {
    assertThat(schema.at("/properties/version/const").asInt()).isEqualTo(Plan.VERSION);
    assertThat(texts(rule().at("/properties/scope/enum")))
        .isEqualTo(Stream.of(AxisRule.Scope.values()).map(PlanKeys::of).toList());
    assertThat(texts(pipeline().at("/properties/schedule/oneOf/0/enum")))
        .isEqualTo(Stream.of(ScheduleKind.values()).map(ScheduleKind::text).toList());
    assertThat(texts(remat().at("/properties/policy/enum"))).isEqualTo(RematNames.ALL);
    assertThat(texts(schema.at("/properties/offload/items/enum")))
        .isEqualTo(Stream.of(Offload.values()).map(Offload::text).toList());
    assertThat(optimizer().at("/properties/level/maximum").asInt())
        .isEqualTo(OptimizerSharding.GREATEST_LEVEL);
  }

  @Test
  void thePageNamesEveryKey() {
    Stream.of(
            PlanKeys.PLAN,
            PlanKeys.RULE,
            PlanKeys.OPTIMIZER,
            PlanKeys.OF_PIPELINE,
            PlanKeys.OF_SCHEDULE,
            PlanKeys.STAGE,
            PlanKeys.OF_REMAT,
            PlanKeys.OF_CACHE)
        .flatMap(List::stream)
        .forEach(key -> assertThat(page).contains("`" + key + "`"));
  }

  @Test
  void theExamplesOfThePageAreSound() {
    var examples = EXAMPLE.matcher(page).results().map(match -> match.group(1)).toList();
    assertThat(examples).isNotEmpty();
    for (var example : examples) {
      var checked = PlanJson.read(new Source("plan.md", example));
      assertThat(checked.diagnostics()).isEmpty();
      assertThat(PlanJson.write(checked.orThrow())).isEqualTo(example);
    }
  }

  private JsonNode rule() {
    return schema.at("/properties/shard/items");
  }

  private JsonNode optimizer() {
    return schema.at("/properties/optimizerSharding");
  }

  private JsonNode pipeline() {
    return schema.at("/properties/pipeline");
  }

  private JsonNode table() {
    return pipeline().at("/properties/schedule/oneOf/1");
  }

  private JsonNode stage() {
    return pipeline().at("/properties/stages/items");
  }

  private JsonNode remat() {
    return schema.at("/properties/remat");
  }

  private JsonNode cache() {
    return schema.at("/properties/cache");
  }

  private static List<String> keys(JsonNode object) {
    var keys = new ArrayList<String>();
    object.get("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
