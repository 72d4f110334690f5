package dev.weft.cli.render;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a command reads and writes.
 *
 * @param directory against which file names are resolved, and where a crash leaves its reproducer
 */
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, Path directory, Set<Trait> traits) {
  /** What the streams are, and what the user asked of them. */
  public enum Trait {
    /** A person reads the standard output. */
    OUT_IS_SCREEN,
    /** A person reads the standard error. */
    ERR_IS_SCREEN,
    /** {@code NO_COLOR} is set: no colors, whoever reads. */
    NO_COLOR,
    /** {@code WEFT_DEBUG} is set: a crash shows its stack. */
    DEBUG
  }

  /** The launcher says here which of the file descriptors 1 and 2 are terminals, as in "12". */
  private static final String SCREENS = "weft.screens";

  public Terminal {
    traits = Set.copyOf(traits);
  }

  /** The streams of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Path.of(""),
        traitsOfProcess());
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  public boolean colorsErr() {
    return is(Trait.ERR_IS_SCREEN) && !is(Trait.NO_COLOR);
  }

  public boolean colorsOut() {
    return is(Trait.OUT_IS_SCREEN) && !is(Trait.NO_COLOR);
  }

  /** The path of a file that the user names. */
  public Path resolve(String file) {
    return directory.resolve(file);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static Set<Trait> traitsOfProcess() {
    var traits = EnumSet.noneOf(Trait.class);
    var screens = System.getProperty(SCREENS, "");
    if (screens.contains("1")) {
      traits.add(Trait.OUT_IS_SCREEN);
    }
    if (screens.contains("2")) {
      traits.add(Trait.ERR_IS_SCREEN);
    }
    if (isSet("NO_COLOR")) {
      traits.add(Trait.NO_COLOR);
    }
    if (isSet("WEFT_DEBUG")) {
      traits.add(Trait.DEBUG);
    }
    return traits;
  }

  private static boolean isSet(String variable) {
    var value = System.getenv(variable);
    return value != null && !value.isEmpty() && !value.equals("0");
  }
}
