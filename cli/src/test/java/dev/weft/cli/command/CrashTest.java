package dev.weft.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import dev.weft.passes.core.PassCrash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bug of ours, as its user sees it. */
class CrashTest {
  private static final String MODULE =
      """
      mesh []

      func @f(
        %a: f64[n=2] weight("a", constant 0.0)
      ) {
        return output("b") %a
      }
      """;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory = Path.of("");

  private Terminal terminal(Terminal.Trait... traits) {
    return new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        directory,
        Set.of(traits));
  }

  private static RuntimeException crashOfAPass() {
    var module = Parser.parse(new Source("m.ir", MODULE)).orThrow();
    return new PassCrash("shard", module, new IllegalStateException("no image of %a"));
  }

  @Test
  void aPassIsNamedAndItsModuleKept() throws IOException {
    var crash = new Crash(crashOfAPass(), new String[] {"opt", "m.ir"}, "1.0");
    var diagnostic = crash.report(terminal());
    assertThat(diagnostic.message()).isEqualTo("pass shard failed: no image of %a");
    assertThat(diagnostic.notes().getFirst().message()).contains("weft-crash-1.ir");
    var text = Files.readString(directory.resolve("weft-crash-1.ir"));
    assertThat(text)
        .contains("// command: weft opt m.ir\n", "// the module before the pass shard\n");
    var module = Parser.parse(new Source("crash", text)).orThrow();
    assertThat(module.only().name()).isEqualTo("f");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void anyOtherFailureKeepsTheModelAndThePlan() throws IOException {
    Files.writeString(directory.resolve("a.weft"), "model a() {\n}\n");
    Files.writeString(directory.resolve("p.json"), "{\"version\": 1}\n");
    var arguments = new String[] {"run", "a.weft", "--plan", "p.json"};
    new Crash(new IllegalStateException("odd"), arguments, "1.0").report(terminal());
    assertThat(Files.readString(directory.resolve("weft-crash-1.weft")))
        .contains("// weft 1.0 failed: odd\n", "// {\"version\": 1}\n")
        .endsWith("\n\nmodel a() {\n}\n");
  }

  @Test
  void aCrashNeverOverwritesAnother() {
    var crash = new Crash(new IllegalStateException("odd"), new String[0], "1.0");
    crash.report(terminal());
    crash.report(terminal());
    assertThat(directory.resolve("weft-crash-1.weft")).exists();
    assertThat(directory.resolve("weft-crash-2.weft")).exists();
  }

  @Test
  void theStackIsForThoseWhoAsk() {
    new Crash(new IllegalStateException("odd"), new String[0], "1.0")
        .report(terminal(Terminal.Trait.DEBUG));
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("IllegalStateException", "\tat ");
  }
}
