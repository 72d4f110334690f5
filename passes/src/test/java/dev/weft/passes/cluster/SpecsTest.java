package dev.weft.passes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users write, right and wrong. */
class SpecsTest {
  private static final String HOST =
      "{\"memoryBytes\": 1e12, \"linkBandwidth\": 2.5e10, \"linkLatency\": 1e-5,"
          + " \"updateBandwidth\": 1e11}";

  private static List<Diagnostic> problems(Class<? extends Record> type, String text) {
    return Specs.read(type, new Source("my.json", text)).diagnostics();
  }

  @Test
  void aNumberMayHaveItsSource() {
    var text = HOST.replace("2.5e10", "{\"value\": 2.5e10, \"source\": \"bandwidthTest\"}");
    assertThat(Specs.read(HostSpec.class, new Source("my.json", text)).orThrow())
        .isEqualTo(new HostSpec(1_000_000_000_000L, 2.5e10, 1e-5, 1e11));
  }

  @Test
  void anObjectMayHaveTheSourceOfAllItsNumbers() {
    var text = HOST.replace("{", "{\"source\": \"lspci\", ");
    assertThat(problems(HostSpec.class, text)).isEmpty();
  }

  @Test
  void whatIsNotGivenIsInherited() {
    var text =
        """
        {
          "like": "dgx-a100-80",
          "name": "ours",
          "description": "64 devices",
          "links": ["nvlink3", {"like": "ib-hdr-200", "bandwidth": 1.25e10}]
        }
        """;
    var like = Clusters.named("dgx-a100-80").orThrow();
    var ours = Clusters.read(new Source("my.json", text)).orThrow();
    assertThat(ours.nodes()).isEqualTo(like.nodes());
    assertThat(ours.name()).isEqualTo("ours");
    assertThat(ours.links().getFirst()).isEqualTo(like.links().getFirst());
    assertThat(ours.links().getLast()).isEqualTo(like.links().getLast().withBandwidth(1.25e10));
  }

  /** A rate more leaves the other rates; {@code null} takes one away. */
  @Test
  void objectsWithinAreMergedKeyByKey() {
    var text =
        "{\"like\": \"a100-sxm4-80\", \"matrixFlops\": {\"f8\": 1e12, \"f16\": null},"
            + " \"stream\": {\"bandwidth\": 0.5}}";
    var device = Specs.read(DeviceSpec.class, new Source("my.json", text)).orThrow();
    assertThat(device.matrixFlops()).containsOnlyKeys("bf16", "f32", "f8");
    assertThat(device.matrixFlops().get("f8")).isEqualTo(1e12);
    assertThat(device.stream().bandwidth()).isEqualTo(0.5);
    assertThat(device.units()).isEqualTo(108);
  }

  /** An engine that is given in part has the usual values elsewhere. */
  @Test
  void whatIsUsualNeedNotBeSaid() {
    var text =
        "{\"name\": \"x\", \"memoryBytes\": 1, \"memoryBandwidth\": 1, \"matrixFlops\": {},"
            + " \"vectorFlops\": 1, \"units\": 1, \"cacheBytes\": 0,"
            + " \"stream\": {\"bandwidth\": 0.5}}";
    var device = Specs.read(DeviceSpec.class, new Source("my.json", text)).orThrow();
    assertThat(device.matrix()).isEqualTo(MatrixEngine.USUAL);
    assertThat(device.stream().bandwidth()).isEqualTo(0.5);
    assertThat(device.stream().vector()).isEqualTo(StreamEngine.USUAL.vector());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1e12,|1e12|SYNTAX|1:22|not JSON",
        "{|{\"memoryByte\": 1, |UNKNOWN_KEY|1:2|no key \"memoryByte\"",
        "\"memoryBytes\": 1e12, | |MISSING_KEY|1:1|\"memoryBytes\"",
        "{|{\"memoryBytes\": 1, |REPEATED_KEY|1:19|given twice",
        "1e12|\"1 TB\"|WRONG_TYPE|1:17|a number, not the text \"1 TB\"",
        "1e12|[1e12]|WRONG_TYPE|1:17|a number, not a list",
        "1e12|true|WRONG_TYPE|1:17|a number, not `true`",
        "1e12|0.5|WRONG_TYPE|1:17|whole number",
        "1e12|1e30|WRONG_TYPE|1:17|whole number that can be counted",
        "1e12|{\"value\": 1}|MISSING_KEY|1:17|\"source\"",
        "1e12|{\"value\": \"1\", \"source\": \"\"}|WRONG_TYPE|1:27|a number, not",
        "1e12|{\"value\": 1, \"source\": \"\", \"unit\": \"B\"}|UNKNOWN_KEY|1:44|\"unit\"",
        "1e12|-1|VALUE|1:1|memoryBytes",
        "2.5e10|0|VALUE|1:1|linkBandwidth",
        "1e-5|-1e-5|VALUE|1:1|linkLatency",
        "{|{\"like\": \"dgx-100\", |UNKNOWN_SPEC|1:10|no host \"dgx-100\"",
        "{|{\"like\": 1, |WRONG_TYPE|1:10|name of a host",
      })
  void whatIsWrongIsSaidAtItsPlace(
      String part, String replacement, String code, String place, String message) {
    var text = HOST.replace(part, replacement == null ? "" : replacement);
    assertThat(text).isNotEqualTo(HOST);
    assertThat(problems(HostSpec.class, text))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).hasToString(code);
              assertThat(found.span().place()).isEqualTo("my.json:" + place);
              assertThat(found.message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"like\": \"dgx-a100-80\", \"nodes\": []}|VALUE|at least one kind of nodes",
        "{\"like\": \"dgx-a100-80\", \"links\": []}|VALUE|at least one level of links",
        "{\"like\": \"dgx-a100-80\", \"links\": \"nvlink3\"}|WRONG_TYPE|a list",
        "{\"like\": \"dgx-a100-80\", \"links\": [7]}|WRONG_TYPE|a link is an object or the name",
        "{\"like\": \"dgx-a100-80\", \"links\": [\"nvlnk3\"]}|UNKNOWN_SPEC|no link \"nvlnk3\"",
        "{\"like\": \"dgx-a100-80\", \"links\": [{\"like\": \"nvlink3\", \"topology\": \"tree\"}]}"
            + "|UNKNOWN_CHOICE|switch, full-mesh",
        "[]|WRONG_TYPE|a cluster is an object or the name of one, not a list",
      })
  void whatIsWrongWithAClusterIsSaid(String text, String code, String message) {
    assertThat(problems(Cluster.class, text))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).hasToString(code);
              assertThat(found.message()).contains(message);
            });
  }

  @Test
  void theNearestNameIsSuggested() {
    assertThat(Clusters.named("dgx-a10080").diagnostics().getFirst().notes().getFirst().message())
        .isEqualTo("did you mean \"dgx-a100-80\"?");
    assertThat(Clusters.named("?").diagnostics().getFirst().notes().getFirst().message())
        .contains("dgx-h100", "gb200-nvl72");
  }
}
