package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The examples and the standard library of this checkout. */
final class WeftFiles {
  private static final Path ROOT = Path.of(System.getProperty("weft.root", ".."));

  private WeftFiles() {}

  static Stream<Source> all() {
    return Stream.of("examples", "frontend/src/main/resources/dev/weft/frontend/std")
        .flatMap(folder -> in(ROOT.resolve(folder)));
  }

  private static Stream<Source> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".weft")).sorted().toList().stream()
          .map(WeftFiles::source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source source(Path file) {
    try {
      return new Source(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
