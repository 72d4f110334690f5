package dev.weft.testsuite.bad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.Main;
import dev.weft.cli.command.CommandCode;
import dev.weft.cli.render.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that no input brings about: they are explained as well. */
class RareFailureTest {
  /** An input that fails while it is read, in a way that a file cannot. */
  private static final class FailingInput extends InputStream {
    private final Supplier<Error> failure;

    FailingInput(Supplier<Error> failure) {
      this.failure = failure;
    }

    @Override
    public int read() {
      throw failure.get();
    }
  }

  @Test
  void tooLittleMemoryIsNoBug(@TempDir Path folder) {
    var ran = check(folder, new FailingInput(() -> new OutOfMemoryError("for this test")));
    assertThat(ran.status()).isEqualTo(CommandCode.OUT_OF_MEMORY.exitStatus()).isEqualTo(1);
    assertThat(ran.err()).contains("error[W0810]").doesNotContain("\tat ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aBugLeavesAReproducer(@TempDir Path folder) {
    var ran = check(folder, new FailingInput(() -> new AssertionError("for this test")));
    assertThat(ran.status()).isEqualTo(CommandCode.INTERNAL.exitStatus()).isEqualTo(70);
    assertThat(ran.err()).contains("error[W0899]").doesNotContain("\tat ");
    assertThat(folder.resolve("weft-crash-1.weft")).content().contains("for this test");
  }

  private static Ran check(Path folder, InputStream input) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            input,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            folder,
            Set.of());
    int status = Main.execute(new String[] {"check", "-"}, terminal);
    return new Ran(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
