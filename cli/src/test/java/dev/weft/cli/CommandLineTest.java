package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command: help, versions, usage errors. */
class CommandLineTest {
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void writeModel() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
  }

  @Test
  void theVersionIsOneLine() {
    var run = Weft.run(directory, "--version").expectStatus(0);
    assertThat(run.out()).matches("weft \\d+\\.\\d+\\.\\d+(-\\w+)?\\R");
  }

  @Test
  void withoutArgumentsTheUsageIsShownAsAnError() {
    var run = Weft.run(directory).expectStatus(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: weft", "check", "compile", "run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "info", "run", "compile", "plan", "fmt", "std", "opt"})
  void everyCommandExplainsItself(String command) {
    var help = Weft.run(directory, "help", command).expectStatus(0).out();
    assertThat(help).startsWith("Usage: weft " + command).contains("--json", "--help");
    assertThat(Weft.run(directory, command, "--help").expectStatus(0).out()).isEqualTo(help);
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @CsvSource({
    "chek a.weft,                            W0801, `check`",
    "check,                                  W0801, FILE",
    "info a.weft --prest tiny,               W0801, `--preset`",
    "info a.weft -D model,                   W0801, NAME=VALUE",
    "info nothing.weft,                      W0802, no such file",
    "info .,                                 W0802, directory",
    "opt a.weft --passes=simplfy,            W0804, `simplify`",
    "opt a.weft --passes=simplify --print-after=shard, W0804, not among",
    "opt a.weft --passes=lower,              W0805, sharded",
    "opt a.weft --passes=shard,              W0806, plan",
    "compile a.weft --target tpu -o b,       W0801, ascend",
    "compile a.weft --target cpu,            W0801, output",
    "plan a.weft --plan nothing.json,        W0802, nothing.json",
  })
  void aWrongCommandLineIsExplained(String line, String code, String hint) {
    var arguments = line.split(" ");
    var text = Weft.run(directory, arguments).expectStatus(2);
    assertThat(text.err()).contains(code, hint);
    assertThat(text.out()).isEmpty();
    var more = (line + " --json").split(" ");
    assertThat(Weft.run(directory, more).expectStatus(2).codes()).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource({
    "info a.weft --preset wid,               W0301",
    "plan a.weft --plan dp=3,                W0621",
    "plan a.weft --plan cp=2,                W0512",
    "plan a.weft --plan dp,                  W0513",
    "opt a.weft --passes=shard --plan tp=3,  W0622",
  })
  void aWrongInputIsNotAWrongCommandLine(String line, String code) {
    var arguments = line.split(" ");
    var run = Weft.run(directory, arguments).expectStatus(1);
    assertThat(run.err()).contains("error[" + code.substring(0, 3));
    assertThat(run.out()).isEmpty();
  }

  @Test
  void textThatIsNotUtf8IsExplained() throws java.io.IOException {
    java.nio.file.Files.write(directory.resolve("b.weft"), new byte[] {(byte) 0xff, (byte) 0xfe});
    var run = Weft.run(directory, "check", "b.weft", "--json").expectStatus(2);
    assertThat(run.codes()).containsExactly("W0803");
  }
}
