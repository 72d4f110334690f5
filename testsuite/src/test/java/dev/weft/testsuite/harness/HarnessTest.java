package dev.weft.testsuite.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A golden file that is wrong fails; a blessing mends its form and nothing else. */
class HarnessTest {
  private static final String FORMATTED =
      """
      // RUN: fmt
      //! The head of a file is not the program.

      model m(n = 4) {
        axis batch
        input x: float[batch, n]
        param w: [n]
        loss = mean(x * w)
      }

      train m { batch = 2, precision = f64 }
      """;

  private static final String MISTAKE =
      """
      // RUN: check

      model m(n = 4) {
        param w: [n]
        loss = sum(v)  // error[W0320]: `v`
      }
      """;

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Verdict judge(String text) {
    return judge("case.weft", text);
  }

  private Verdict judge(String name, String text) {
    var file = GoldenFile.of(folder.resolve(name), text);
    return Judge.judge(file.cases().getFirst(), folder.resolve("scratch"));
  }

  private String bless(int status, Path file) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    assertThat(Bless.bless(List.of(file), stream)).isEqualTo(status);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aWrongTextFailsWithADiffAndTheWayToAcceptIt() {
    var text = FORMATTED + "\n//> fmt\n//| model m(n = 4) {\n//|   axis batsh\n";
    var file = GoldenFile.of(folder.resolve("case.weft"), text);
    var verdict = judge(text);
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.report(file))
        .contains(" model m(n = 4) {\n-  axis batsh\n+  axis batch\n")
        .contains("./dev bless " + file.name());
  }

  @Test
  void aBlessingMendsFormAndIsThenContent() throws IOException {
    var file = write("case.weft", FORMATTED + "\n//> fmt\n//| model\n\n// after it\n");
    assertThat(bless(0, file)).contains("case.weft: changed");
    var blessed = Files.readString(file);
    assertThat(blessed)
        .startsWith(FORMATTED)
        .contains("//|   axis batch\n")
        .endsWith("// after it\n");
    assertThat(judge(blessed).isGood()).isTrue();
    assertThat(bless(0, file)).isEmpty();
    assertThat(file).hasContent(blessed);
  }

  @Test
  void aBlessingAddsTheBlockThatIsMissing() throws IOException {
    var second = "\n// ---- case: second\n// RUN: fmt as=layout\n\n// nothing\n";
    var file = write("case.weft", FORMATTED + second);
    bless(0, file);
    assertThat(file)
        .content()
        .startsWith(FORMATTED + "\n//> fmt\n//| model m(n = 4) {\n")
        .endsWith("\n// nothing\n\n//> layout\n//| // nothing\n");
  }

  @Test
  void anExpectedMistakeIsFound() {
    assertThat(judge(MISTAKE).isGood()).isTrue();
  }

  @Test
  void aMistakeThatIsNotExpectedIsBroken() {
    assertThat(judge(MISTAKE.replaceAll(" *// error.*", "")).broken())
        .singleElement()
        .asString()
        .contains("line 5: error[W0320]");
  }

  @Test
  void anExpectedMistakeThatIsNotFoundIsBroken() {
    for (var wrong : List.of("error[W0321]: `v`", "warning[W0320]: `v`", "error[W0320]: `u`")) {
      assertThat(judge(MISTAKE.replace("error[W0320]: `v`", wrong)).broken()).hasSize(2);
    }
    var moved = MISTAKE.replaceAll(" *// error.*", "").replace("[n]", "[n] // error[W0320]: `v`");
    assertThat(judge(moved).broken()).hasSize(2);
  }

  @Test
  void anAnnotationMayStandAboveTheLine() {
    var above = MISTAKE.replaceAll("( *loss.*\\)) *(// error.*)", "  $2\n$1");
    assertThat(above).contains("  // error[W0320]: `v`\n  loss = sum(v)\n");
    assertThat(judge(above).isGood()).isTrue();
  }

  @Test
  void aBrokenMeaningCannotBeBlessed() throws IOException {
    var text = MISTAKE.replace("// error[W0320]: `v`", "") + "\n// ---- case: form\n" + FORMATTED;
    var file = write("case.weft", text);
    assertThat(bless(1, file)).contains("refused").contains("W0320");
    assertThat(file).content().isEqualTo(text);
  }

  @Test
  void aRefusedPlanCanBeExpectedAtItsRun() {
    var refused = FORMATTED.replace("// RUN: fmt", "// RUN: equiv --plan=dp=3");
    assertThat(judge(refused).broken()).singleElement().asString().contains("error[W0");
    var code = judge(refused).broken().getFirst().replaceAll("(?s).*(error\\[W\\d+]): .*", "$1");
    assertThat(judge("// " + code + ": batch 2\n" + refused).isGood()).isTrue();
  }

  @Test
  void whatChangesIsNotTheSame() {
    assertThat(judge(FORMATTED + "//> fmt\n//| same\n").isGood()).isTrue();
    var loose = FORMATTED.replace("n = 4", "n  =  4") + "//> fmt\n//| same\n";
    assertThat(judge(loose).broken()).singleElement().asString().contains("not `same`");
  }

  @Test
  void whatClaimsNothingIsBroken() {
    assertThat(judge(FORMATTED.replace("// RUN: fmt", "")).broken()).hasSize(1);
    assertThat(judge(FORMATTED + "//> opt\n//| text\n").broken()).hasSize(1);
    assertThat(judge(MISTAKE + "//> check\n//| text\n").broken()).hasSize(1);
  }

  @Test
  void anUnknownToolIsBroken() {
    assertThat(judge(FORMATTED.replace("fmt", "polish")).broken())
        .singleElement()
        .asString()
        .contains("no such tool");
  }

  @Test
  void aProgramThatComputesSomethingElseIsNotEquivalent() {
    var twice = function("affine %x {scale=2.0, shift=0.0}");
    var sum = function("add %x, %x");
    var wrong = function("affine %x {scale=2.0, shift=1.0e-9}");
    assertThat(PassEquivalence.difference(twice, sum)).isEmpty();
    assertThat(PassEquivalence.difference(twice, wrong)).get().asString().startsWith("y differs");
  }

  private static Function function(String op) {
    var text = "func @f(%x: f64[n=4] data(\"x\")) { %y = OP : f64[n=4] return output(\"y\") %y }";
    return Parser.parse(new Source("test.ir", text.replace("OP", op))).orThrow().only();
  }

  @Test
  void aPassThatFailsCannotBeBlessed() throws IOException {
    var text =
        """
        // RUN: equiv --passes=shard

        func @f(%x: f64[n=4] data("x")) {
          return output("y") %x
        }
        """;
    var file = write("case.ir", text);
    assertThat(bless(1, file)).contains("refused").contains("equiv --passes=shard failed");
    assertThat(file).content().isEqualTo(text);
  }
}
