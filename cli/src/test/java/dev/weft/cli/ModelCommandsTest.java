package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.render.Terminal;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code check}, {@code info}, {@code fmt}, {@code std} and {@code plan}. */
class ModelCommandsTest {
  private static final String BROKEN = Weft.SMALL.replace("wte[tokens]", "wtf[tokens]");

  @TempDir private Path directory = Path.of("");

  @Test
  void aRightModelIsCheckedInSilence() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
    var run = Weft.run(directory, "check", "a.weft").expectStatus(0);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyFileIsCheckedAndEveryMistakeReported() {
    Weft.write(directory.resolve("a.weft"), BROKEN);
    Weft.write(directory.resolve("b.weft"), BROKEN.replace("repeat layers", "repeat leyers"));
    var run = Weft.run(directory, "check", "a.weft", "b.weft").expectStatus(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("a.weft:10:26", "b.weft:10:26", "`leyers`", "wtf[tokens]", "errors");
  }

  @Test
  void diagnosticsAreDataOnRequest() {
    Weft.write(directory.resolve("a.weft"), BROKEN);
    var run = Weft.run(directory, "check", "a.weft", "--json").expectStatus(1);
    var first = run.json().get("diagnostics").get(0);
    assertThat(first.get("file").asText()).isEqualTo("a.weft");
    assertThat(first.get("line").asInt()).isEqualTo(10);
    assertThat(first.get("column").asInt()).isEqualTo(26);
    assertThat(first.get("length").asInt()).isEqualTo(3);
    assertThat(first.get("severity").asText()).isEqualTo("error");
    assertThat(first.get("code").asText()).matches("W\\d{4}");
    assertThat(first.has("message") && first.has("notes") && first.has("fix")).isTrue();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void diagnosticsAreColoredOnAScreenUnlessForbidden() {
    Weft.write(directory.resolve("a.weft"), BROKEN);
    var screen = Set.of(Terminal.Trait.ERR_IS_SCREEN);
    var plain = Set.of(Terminal.Trait.ERR_IS_SCREEN, Terminal.Trait.NO_COLOR);
    assertThat(Weft.run(directory, screen, "", "check", "a.weft").err()).contains("\u001b[");
    assertThat(Weft.run(directory, plain, "", "check", "a.weft").err()).doesNotContain("\u001b");
    assertThat(Weft.run(directory, "check", "a.weft").err()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2.weft,  small, 124439808",
    "llama2.weft, 7b,   6738415616",
    "llama2.weft, 70b,  68976648192",
    "bert.weft,  base,  109482240",
    "vit.weft,   b16,   86567656",
    "t5.weft,    base,  222903552",
  })
  void parametersAreThePublishedOnes(String file, String preset, long parameters) {
    var run = Weft.run(directory, "info", Weft.example(file), "--preset", preset, "--json");
    run.expectStatus(0);
    assertThat(run.json().get("parameters").asLong()).isEqualTo(parameters);
  }

  /** 6 N for each token (Kaplan et al. 2020, section 2.1) and the rest that it leaves out. */
  @Test
  void aTokenCostsSixFlopsForEachParameterAndTheAttention() {
    var run = Weft.run(directory, "info", Weft.example("gpt2.weft"), "--json").expectStatus(0);
    double flops = run.json().get("flops_per_token").asDouble();
    double kaplan = 6.0 * 124_439_808;
    assertThat(flops).isBetween(kaplan, 1.15 * kaplan);
  }

  @Test
  void infoSaysSizesAndTensorsByCount() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
    var run = Weft.run(directory, "info", "a.weft", "--preset", "wide", "-D", "heads=2", "--json");
    var json = run.expectStatus(0).json();
    assertThat(json.get("sizes").get("model").asLong()).isEqualTo(16);
    assertThat(json.get("sizes").get("key").asLong()).isEqualTo(8);
    assertThat(json.get("presets").get(0).asText()).isEqualTo("wide");
    var counts = json.get("tensors").findValues("count").stream().map(n -> n.asLong()).toList();
    assertThat(counts).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(counts.stream().mapToLong(c -> c).sum()).isEqualTo(json.get("parameters").asLong());
    var text = Weft.run(directory, "info", "a.weft").expectStatus(0).out();
    assertThat(text).contains("parameters", "[layers=2, model=8, ffn=16]", "wide");
  }

  @Test
  void aModelMayComeFromStandardInput() {
    var run = Weft.run(directory, Set.of(), Weft.SMALL, "info", "-", "--json").expectStatus(0);
    assertThat(run.json().get("model").asText()).isEqualTo("small");
  }

  @Test
  void fmtChangesFilesInPlaceOnce() {
    var file = directory.resolve("a.weft");
    Weft.write(file, Weft.SMALL.replace("  x = x + mlp", "x=x  + mlp"));
    var unformatted = Weft.run(directory, "fmt", "--check", "a.weft").expectStatus(1);
    assertThat(unformatted.out()).isEqualTo("a.weft\n");
    Weft.run(directory, "fmt", "a.weft").expectStatus(0);
    assertThat(Weft.read(file)).isEqualTo(Weft.SMALL);
    assertThat(Weft.run(directory, "fmt", "--check", "a.weft").expectStatus(0).out()).isEmpty();
  }

  @Test
  void fmtLeavesABrokenFileAsItIs() {
    var file = directory.resolve("a.weft");
    Weft.write(file, "model a( {");
    Weft.run(directory, "fmt", "a.weft").expectStatus(1);
    assertThat(Weft.read(file)).isEqualTo("model a( {");
  }

  @Test
  void fmtFormatsStandardInput() {
    var loose = Weft.SMALL.replace("\n  axis key", "\n\n\n  axis   key");
    var run = Weft.run(directory, Set.of(), loose, "fmt", "-").expectStatus(0);
    assertThat(run.out()).contains("\n  axis key = model / heads\n");
  }

  @Test
  void stdListsBlocksAndShowsOne() {
    var all = Weft.run(directory, "std", "--json").expectStatus(0).json().get("blocks");
    assertThat(all.findValuesAsText("name")).contains("attention", "swiglu", "layer_norm");
    var one = Weft.run(directory, "std", "swiglu").expectStatus(0).out();
    assertThat(one).contains("//! Gated linear unit", "block swiglu(", "silu(x * gate)");
    var none = Weft.run(directory, "std", "swigle").expectStatus(2);
    assertThat(none.err()).contains("W0808", "`swiglu`");
  }

  @Test
  void aPlanIsWrittenWithItsReasonsAndReadBack() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
    Weft.run(directory, "plan", "a.weft", "--plan", "dp=2,tp=2,sp", "-o", "p.json").expectStatus(0);
    assertThat(Weft.read(directory.resolve("p.json"))).contains("\"heads\"", "\"why\"");
    var again = Weft.run(directory, "plan", "a.weft", "--plan", "p.json").expectStatus(0);
    assertThat(again.out()).isEqualTo(Weft.read(directory.resolve("p.json")));
  }

  @Test
  void aStatementOfTheModelStandsInEveryPlan() {
    var model = Weft.SMALL.replace("  output logits\n", "  output logits\n  shard key over tp\n");
    Weft.write(directory.resolve("a.weft"), model);
    var made = Weft.run(directory, "plan", "a.weft", "--plan", "tp=2", "--json").expectStatus(0);
    var rule = made.json().get("plan").get("shard").get(0);
    assertThat(rule.get("axis").asText()).isEqualTo("key");
    Weft.write(
        directory.resolve("p.json"),
        """
        {"version": 1, "mesh": {"tp": 2}, "shard": [{"axis": "ffn", "over": ["tp"]}]}
        """);
    var refused = Weft.run(directory, "plan", "a.weft", "--plan", "p.json", "--json");
    assertThat(refused.expectStatus(1).codes()).containsExactly("W0652");
  }
}
