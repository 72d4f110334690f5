package dev.weft.testsuite.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The case files of this checkout. */
final class Cases {
  private Cases() {}

  static Path folder() {
    return root().resolve("testsuite/src/test/resources/cases");
  }

  static Path root() {
    return Path.of(System.getProperty("weft.root")).toAbsolutePath().normalize();
  }

  /** The files in or below a path, in order. */
  static List<CaseFile> below(Path path) {
    try (var files = Files.walk(path)) {
      return files
          .filter(f -> f.toString().endsWith(".weft") || f.toString().endsWith(".ir"))
          .sorted()
          .map(f -> CaseFile.read(f, f.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
