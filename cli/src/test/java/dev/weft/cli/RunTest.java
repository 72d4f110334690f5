package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.render.Terminal;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run}: training on the grid, with proof. */
class RunTest {
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void writeModel() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
  }

  private Weft run(String line) {
    return Weft.run(directory, ("run a.weft " + line).split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dp=2",
        "tp=4",
        "dp=2,tp=2,sp",
        "dp=4,tp=2,zero=1,micro=2",
        "dp=2,tp=4,sp,zero=1,micro=4",
      })
  void everyPlanEqualsTheSerialRun(String plan) {
    var json = run("--plan " + plan + " --steps 2 --check --json").expectStatus(0).json();
    assertThat(json.get("check").get("passed").asBoolean()).isTrue();
    for (var what : new String[] {"loss", "grad", "output", "weight"}) {
      assertThat(json.get("check").get(what + "_max_rel_error").asDouble()).isBetween(0.0, 1e-12);
    }
    assertThat(json.get("check").get("tolerance").asDouble()).isEqualTo(1e-12);
    assertThat(json.get("loss")).hasSize(2);
    assertThat(json.get("peak_memory_bytes")).hasSize(json.get("devices").asInt());
    assertThat(json.get("predicted_peak_memory_bytes")).isEqualTo(json.get("peak_memory_bytes"));
    assertThat(json.get("predicted_peak_host_memory_bytes"))
        .isEqualTo(json.get("peak_host_memory_bytes"));
    assertThat(json.get("predicted_memory_terms")).hasSize(json.get("devices").asInt());
    assertThat(json.get("comm_bytes")).isNotEmpty();
    assertThat(json.get("predicted_comm_bytes")).isEqualTo(json.get("comm_bytes"));
    assertThat(json.get("plan").get("version").asInt()).isEqualTo(1);
  }

  /** Each of n devices sends 2 (n - 1) / n of the packed gradients to sum them, and the loss. */
  @Test
  void theBytesOfDataParallelismAreThoseOfARing() {
    var json = run("--plan dp=4 --json").expectStatus(0).json();
    long gradients = json.get("parameters").asLong() * 8;
    assertThat(json.get("comm_bytes").get("all_reduce").asLong())
        .isBetween(4 * gradients * 2 * 3 / 4, 4 * gradients * 2 * 3 / 4 + 64);
  }

  @Test
  void float32HasAToleranceOfItsOwn() {
    var json = run("--plan dp=2,tp=2 --precision f32 --check --json").expectStatus(0).json();
    assertThat(json.get("precision").asText()).isEqualTo("f32");
    assertThat(json.get("check").get("tolerance").asDouble()).isEqualTo(1e-12 * 0x1p29);
    assertThat(json.get("check").get("loss_max_rel_error").asDouble()).isLessThan(1e-5);
  }

  @Test
  void peopleReadATableAndAVerdict() {
    var out = run("--devices 4 --plan dp=2,tp=2 --steps 2 --check").expectStatus(0).out();
    assertThat(out)
        .contains("small: ", "4 devices [dp=2, tp=2]", "step", "all_reduce", "peak memory")
        .contains("memory and traffic are as predicted, to the byte")
        .contains("✓ parallel run on 4 devices equals the serial run: loss ")
        .contains("(limit 1.0e-12)");
  }

  @Test
  void withoutACheckThereIsNoVerdict() {
    assertThat(run("").expectStatus(0).out()).contains("1 device\n").doesNotContain("serial run");
    assertThat(run("--json").expectStatus(0).json().has("check")).isFalse();
  }

  @Test
  void theSameCommandGivesTheSameBytes() {
    var line = "--plan dp=2,tp=2 --steps 2 --seed 5 --json";
    assertThat(run(line).out()).isEqualTo(run(line).out());
    assertThat(run(line).json().get("loss"))
        .isNotEqualTo(run("--steps 2 --json").json().get("loss"));
  }

  @Test
  void textIsLearned() {
    Weft.write(directory.resolve("t.txt"), "abcabcabcabc".repeat(20));
    var json =
        run("-D vocab=256 --plan dp=2 --steps 30 --data t.txt --json").expectStatus(0).json();
    double first = json.get("loss").get(0).asDouble();
    double last = json.get("loss").get(29).asDouble();
    assertThat(first).isBetween(5.4, 5.7);
    assertThat(last).isLessThan(first - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "--devices 4,                                   1, W0627",
    "--devices 4 --plan dp=2,                       1, W0627",
    "--devices 0,                                   2, W0801",
    "--steps none,                                  2, W0801",
    "--precision fp8,                               2, W0801",
    "-D precision=fp8,                              1, W0311",
    "-D vocab=1000000000 -D model=1000,             1, W0822",
    "--data nothing.txt,                            2, W0802",
    "--data short.txt,                              1, W0824",
    "--data long.txt,                               1, W0825",
  })
  void whatCannotRunIsExplained(String line, int status, String code) {
    Weft.write(directory.resolve("short.txt"), "\u0001\u0002");
    Weft.write(directory.resolve("long.txt"), "Letters are beyond a vocabulary of 32.");
    assertThat(run(line + " --json").expectStatus(status).codes()).containsExactly(code);
    assertThat(run(line).expectStatus(status).err()).contains("error[" + code + "]");
  }

  @Test
  void knobsMayComeWithCommasFromAPlanFileToo() {
    Weft.run(directory, "plan", "a.weft", "--plan", "dp=2,tp=2,sp", "-o", "p.json").expectStatus(0);
    var fromFile = run("--devices 4 --plan p.json --check --json").expectStatus(0);
    var fromKnobs = run("--devices 4 --plan dp=2,tp=2,sp --check --json").expectStatus(0);
    assertThat(fromFile.out()).isEqualTo(fromKnobs.out());
  }

  @Test
  void progressIsForScreensOnly() {
    var screen = Set.of(Terminal.Trait.ERR_IS_SCREEN);
    var watched = Weft.run(directory, screen, "", "run", "a.weft", "--steps", "2");
    assertThat(watched.expectStatus(0).err()).contains("step 2/2", "loss").endsWith("\r\u001b[K");
    var machine = Weft.run(directory, screen, "", "run", "a.weft", "--steps", "2", "--json");
    assertThat(machine.expectStatus(0).err()).isEmpty();
    assertThat(run("--steps 2").expectStatus(0).err()).isEmpty();
  }
}
