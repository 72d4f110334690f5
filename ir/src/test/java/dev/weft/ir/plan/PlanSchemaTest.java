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
  }

  @Test
  void theSchemaForbidsOtherKeys() {
    assertThat(List.of(schema, rule(), optimizer()))
        .allSatisfy(
            object -> assertThat(object.get("additionalProperties").asBoolean(true)).isFalse());
  }

  @Test
  void theSchemaRequiresWhatTheReaderRequires() {
    assertThat(texts(schema.get("required"))).containsExactly(PlanKeys.VERSION, PlanKeys.MESH);
    assertThat(texts(rule().get("required"))).containsExactly(PlanKeys.AXIS, PlanKeys.OVER);
    assertThat(texts(optimizer().get("required"))).containsExactly(PlanKeys.LEVEL);
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
  }

  @Test
  void thePageNamesEveryKey() {
    Stream.of(PlanKeys.PLAN, PlanKeys.RULE, PlanKeys.OPTIMIZER)
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
