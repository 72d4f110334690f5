package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code simulate}: what a step takes on a cluster. */
class SimulateTest {
  private static final String PIPELINE = "pp=2,schedule=1f1b,dp=2,tp=2,micro=4,zero=1";

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void writeModel() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
  }

  private Weft simulate(String line) {
    return Weft.run(
        directory, ("simulate a.weft -D batch=16 -D precision=bf16 " + line).split(" "));
  }

  private JsonNode json(String line) {
    return simulate(line + " --json").expectStatus(0).json();
  }

  private static double sum(JsonNode numbers) {
    double sum = 0;
    for (var number : numbers) {
      sum += number.asDouble();
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dp=8",
        "tp=4,sp",
        "dp=2,tp=2,zero=3",
        PIPELINE,
        "pp=2,schedule=interleaved,chunks=1,micro=4",
        "pp=2,schedule=zb-h1,micro=4,dp=2",
        "pp=2,schedule=gpipe,micro=2,remat=full"
      })
  void whatDevicesSpendIsTheStep(String plan) {
    var json = json("--cluster dgx-a100-80 --plan " + plan);
    double step = json.get("step_seconds").asDouble();
    assertThat(sum(json.get("seconds"))).isCloseTo(step, within(1e-9 * step));
    for (var place : json.get("places")) {
      assertThat(sum(place.get("seconds"))).isCloseTo(step, within(1e-9 * step));
      var memory = place.get("memory_bytes");
      assertThat(sum(memory)).isEqualTo(2.0 * memory.get("total").asLong());
      assertThat(place.get("memory_free_bytes").asLong())
          .isEqualTo(place.get("memory_capacity_bytes").asLong() - memory.get("total").asLong());
    }
    assertThat(json.get("mfu").asDouble()).isPositive().isLessThan(1);
    assertThat(json.get("hfu").asDouble()).isGreaterThanOrEqualTo(json.get("mfu").asDouble());
    assertThat(json.get("tokens").asLong()).isEqualTo(16 * 4);
  }

  @Test
  void theDocumentSaysWhatWasPriced() {
    var json = json("--cluster dgx-a100-80 --devices 8 --plan " + PIPELINE);
    assertThat(json.get("devices").asInt()).isEqualTo(8);
    assertThat(json.get("cluster").asText()).isEqualTo("dgx-a100-80");
    assertThat(json.get("software").asText()).isEqualTo("weft");
    assertThat(json.get("precision").asText()).isEqualTo("bf16");
    assertThat(json.get("plan").get("version").asInt()).isEqualTo(1);
    assertThat(json.get("places")).hasSize(2);
    assertThat(json.get("fits").asBoolean()).isTrue();
    assertThat(json.get("seconds").has(json.get("binds").asText())).isTrue();
    assertThat(json.get("binds_text").asText()).startsWith("What binds: ").endsWith(".");
  }

  @Test
  void peopleReadWhatBindsAndWhetherItFits() {
    var out = simulate("--cluster dgx-a100-80 --plan " + PIPELINE).expectStatus(0).out();
    assertThat(out)
        .startsWith("small: ")
        .contains("8 devices [pp=2, dp=2, tp=2] of dgx-a100-80, software weft")
        .contains("of the peak (MFU)", "the bubble of the pipeline", "memory of place")
        .contains("✓ it fits: at least ", "What binds: ");
    assertThat(simulate("--cluster dgx-a100-80 --plan " + PIPELINE).out()).isEqualTo(out);
  }

  @Test
  void whatDoesNotFitIsSaidWithWhatItLacks() {
    var huge = "-D model=65536 -D ffn=262144 -D layers=100 --cluster dgx-a100-80 --plan tp=4";
    assertThat(simulate(huge).expectStatus(0).out()).contains("✗ out of memory", " and lacks ");
    var json = json(huge);
    assertThat(json.get("fits").asBoolean()).isFalse();
    assertThat(json.get("memory_free_bytes").asLong()).isNegative();
  }

  /** A file may be like a shipped cluster; half as fast memory makes the step slower. */
  @Test
  void clustersAndSoftwareMayBeFiles() {
    Weft.write(
        directory.resolve("slow.json"),
        """
        {
          "name": "slow",
          "description": "DGX A100 with slower memory",
          "nodes": [
            {
              "device": { "like": "a100-sxm4-80", "name": "slow-a100", "memoryBandwidth": 2e10 },
              "host": "dgx-a100-80",
              "devices": 8
            }
          ],
          "links": ["nvlink3", "ib-hdr-200"]
        }
        """);
    Weft.write(
        directory.resolve("stack.json"),
        "{ \"like\": \"weft\", \"name\": \"mine\", \"stepSeconds\": 1 }");
    var usual = json("--cluster dgx-a100-80 --plan tp=2");
    var slow = json("--cluster slow.json --software ./stack.json --plan tp=2");
    assertThat(slow.get("software").asText()).isEqualTo("mine");
    assertThat(slow.get("places").get(0).get("device").asText()).isEqualTo("slow-a100");
    assertThat(slow.get("seconds").get("step").asDouble()).isEqualTo(1);
    assertThat(slow.get("binds").asText()).isEqualTo("step");
    assertThat(slow.get("seconds").get("memory_bandwidth").asDouble())
        .isGreaterThan(usual.get("seconds").get("memory_bandwidth").asDouble());
  }

  @Test
  void aTraceHasEventsThatDoNotOverlapAndSumToTheReport() throws IOException {
    var json = json("--cluster dgx-a100-80 --trace t.json --plan " + PIPELINE);
    var events =
        new ObjectMapper()
            .readTree(Files.readString(directory.resolve("t.json")))
            .get("traceEvents");
    Map<String, Double> ends = new HashMap<>();
    double[] work = new double[2];
    int[] names = new int[2];
    long[] memory = new long[2];
    int counters = 0;
    for (var event : events) {
      int place = event.get("pid").asInt();
      // Perfetto takes the thread with the number of its process for the main one, and 0 for it.
      assertThat(event.get("tid").asInt())
          .satisfiesAnyOf(
              tid -> assertThat(tid).isEqualTo(place), tid -> assertThat(tid).isGreaterThan(1));
      switch (event.get("ph").asText()) {
        case "X" -> {
          var thread = place + "/" + event.get("tid").asInt();
          double start = event.get("ts").asDouble();
          assertThat(start).isGreaterThanOrEqualTo(ends.getOrDefault(thread, 0.0) - 1e-6);
          ends.put(thread, start + event.get("dur").asDouble());
          boolean isWork = event.get("cat").asText().matches("forward|backward");
          work[place] +=
              isWork && event.get("tid").asInt() == place ? event.get("dur").asDouble() : 0;
        }
        case "C" -> {
          long sum = 0;
          for (var term : event.get("args")) {
            sum += term.asLong();
          }
          memory[place] = Math.max(memory[place], sum);
          counters++;
        }
        default -> {
          names[place] += event.get("name").asText().equals("process_name") ? 1 : 0;
          if (event.get("name").asText().equals("process_sort_index")) {
            assertThat(event.get("args").get("sort_index").asInt()).isEqualTo(place);
          }
        }
      }
    }
    assertThat(names).containsExactly(1, 1);
    assertThat(counters).isEqualTo(2 * (1 + 2 * 2 * 4));
    for (int place = 0; place < 2; place++) {
      var seconds = json.get("places").get(place).get("seconds");
      double expected = 0;
      for (var kind :
          new String[] {"compute", "attention", "memory_bandwidth", "launch", "tensor"}) {
        expected += seconds.get(kind).asDouble();
      }
      assertThat(memory[place])
          .isEqualTo(json.get("places").get(place).get("memory_bytes").get("total").asLong());
      assertThat(work[place] / 1e6).isCloseTo(expected, within(1e-7));
      double step = json.get("step_seconds").asDouble();
      assertThat(ends.getOrDefault(place + "/" + place, 0.0) / 1e6).isCloseTo(step, within(1e-7));
    }
  }

  @Test
  void aTraceThatCannotBeWrittenIsAMistake() {
    var run = simulate("--cluster dgx-a100-80 --trace no/such/t.json --json").expectStatus(1);
    assertThat(run.codes()).contains("W0809");
  }
}
