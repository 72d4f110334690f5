package dev.weft.cli;

import dev.weft.cli.command.CommandLineRun;
import dev.weft.cli.render.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The {@code weft} command. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments, Terminal.ofProcess()));
  }

  /** Runs a command line and gives its exit status. */
  public static int execute(String[] arguments, Terminal terminal) {
    return CommandLineRun.execute(arguments, terminal, version());
  }

  private static String version() {
    try (var in = Objects.requireNonNull(Main.class.getResourceAsStream("version.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
