package dev.weft.testsuite.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.cli.Main;
import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.Clusters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the benchmark to a spec; nothing is said about how fast this machine is. */
class CalibrateTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int weft(String... arguments) {
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            folder,
            Set.of());
    return Main.execute(arguments, terminal);
  }

  @Test
  void aProcessorIsMeasured() throws IOException {
    int status =
        weft("calibrate", "--device", "cpu", "--devices", "2", "--quick", "-o", "m.json", "--json");
    assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
    var document = MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(document.get("file").asText()).isEqualTo("m.json");
    assertThat(document.get("skipped")).isEmpty();
    assertThat(document.get("errors").fieldNames())
        .toIterable()
        .containsExactly("gemm f32", "attention", "streams", "collectives");
    var text = Files.readString(folder.resolve("m.json"));
    assertThat(document.get("cluster")).isEqualTo(MAPPER.readTree(text));
    var cluster = Clusters.read(new Source("m.json", text)).orThrow();
    assertThat(cluster.devices()).hasValue(2);
    assertThat(cluster.links()).hasSize(1);
    assertThat(text).contains("measured by weft calibrate on ");
    assertThat(text).contains("updateBandwidth").doesNotContain("derived default, not measured");
  }

  /** The results of another machine give the same spec wherever they are read. */
  @Test
  void resultsFromElsewhereAreRead() throws IOException {
    var results =
        Path.of(System.getProperty("weft.root"))
            .resolve("bench/data/calibrate/amd-epyc-2-cores.json");
    assertThat(weft("calibrate", "--from", results.toString(), "--name", "epyc", "--json"))
        .isZero();
    JsonNode cluster = MAPPER.readTree(out.toString(StandardCharsets.UTF_8)).get("cluster");
    assertThat(cluster.get("name").asText()).isEqualTo("epyc");
    out.reset();
    assertThat(weft("calibrate", "--from", results.toString(), "--name", "epyc")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("gemm f32", "host link", "\"name\": \"epyc\"");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void theBenchmarkIsWrittenToBeRunElsewhere() throws IOException {
    assertThat(weft("calibrate", "--emit-only", "bench")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("python bench/calibrate.py", "--from results.json");
    assertThat(Files.readString(folder.resolve("bench/calibrate.py")))
        .contains("def measure_gemms", "def measure_collectives");
  }
}
