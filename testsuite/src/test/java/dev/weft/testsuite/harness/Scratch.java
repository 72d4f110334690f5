package dev.weft.testsuite.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder; it goes away with all that is in it. */
final class Scratch implements AutoCloseable {
  private final Path root;
  private int folders;

  Scratch() throws IOException {
    root = Files.createTempDirectory("weft-golden");
  }

  /** The path of a folder that nobody has had before. */
  Path folder() {
    return root.resolve("case" + folders++);
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(root)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (var file : deepestFirst) {
      Files.delete(file);
    }
  }
}
