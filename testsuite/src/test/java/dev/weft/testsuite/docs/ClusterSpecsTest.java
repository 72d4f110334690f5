package dev.weft.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SpecKind;
import dev.weft.passes.cluster.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema, the pages and the shipped specs say the same. */
class ClusterSpecsTest {
  private static final Path ROOT = Path.of(System.getProperty("weft.root"));
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private final SchemaCheck schema = new SchemaCheck(ClusterSchema.schema());

  @Test
  void theSchemaIsFresh() throws IOException {
    assertThat(Files.readString(ClusterSchema.path(ROOT)))
        .as("docs/cluster.schema.json; ./dev bless writes it")
        .isEqualTo(ClusterSchema.text());
  }

  @Test
  void thePageOfKeysIsFresh() throws IOException {
    assertThat(Files.readString(ClusterKeysPage.path(ROOT)))
        .as("docs/cluster-keys.md; ./dev bless writes it")
        .isEqualTo(ClusterKeysPage.text());
  }

  @Test
  void everyKeyIsExplained() {
    assertThat(SpecRecord.all())
        .allSatisfy(
            record ->
                assertThat(record.keys())
                    .as(record.name())
                    .allSatisfy((key, what) -> assertThat(what).as(key).isNotBlank()));
  }

  @ParameterizedTest
  @EnumSource
  void everyShippedSpecIsValid(SpecKind kind) throws IOException {
    assertThat(Specs.names(kind)).isNotEmpty();
    for (var name : Specs.names(kind)) {
      var file = ROOT.resolve("clusters").resolve(kind.folder() + name + ".json");
      var value = MAPPER.readTree(file.toFile());
      assertThat(schema.problems(ClusterSchema.key(kind.type()), value)).as(name).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "host|{}|lacks linkBandwidth",
        "host|{\"like\": \"dgx-1\", \"memory\": 1}|/memory is unknown",
        "host|{\"like\": \"dgx-1\", \"memoryBytes\": \"1\"}|/memoryBytes is not of",
        "host|{\"like\": \"dgx-1\", \"memoryBytes\": {\"value\": 1}}|/memoryBytes lacks source",
        "link|{\"like\": \"nvlink3\", \"topology\": \"tree\"}|/topology is none of",
        "cluster|{\"like\": \"dgx-2\", \"links\": [1]}|/links/0 is not of",
        "cluster|{\"like\": \"dgx-2\", \"links\": {}}|/links is not of",
      })
  void theSchemaRefusesWhatTheReaderRefuses(String kind, String text, String problem)
      throws IOException {
    var value = MAPPER.readTree(text);
    assertThat(String.join("\n", schema.problems(kind, value)) + choices(kind, value))
        .contains(problem);
    var type =
        List.of(SpecKind.values()).stream()
            .filter(k -> k.text().equals(kind))
            .findFirst()
            .orElseThrow()
            .type();
    assertThat(Specs.read(type, new Source("my.json", text)).hasErrors()).isTrue();
  }

  /** Why an object without "like" is not whole. */
  private static String choices(String kind, JsonNode value) {
    var missing = new StringBuilder();
    for (var key : ClusterSchema.schema().at("/$defs/" + kind + "/anyOf/1/required")) {
      if (!value.has(key.asText()) && !value.has("like")) {
        missing.append("\nlacks ").append(key.asText());
      }
    }
    return missing.toString();
  }

  @Test
  void theExamplesOfTheGuideAreRight() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/clusters.md"));
    var examples = EXAMPLE.matcher(page).results().map(m -> m.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(1);
    for (var example : examples) {
      assertThat(Clusters.read(new Source("docs/clusters.md", example)).diagnostics()).isEmpty();
      assertThat(schema.problems("cluster", MAPPER.readTree(example))).isEmpty();
    }
  }
}
