package dev.weft.passes.cluster;

import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The texts of the specs that come with Weft: the files of the repository's {@code clusters}. */
final class ShippedSpecs {
  private static final String SUFFIX = ".json";

  private ShippedSpecs() {}

  /** The names of one kind, in the order of the index. */
  static List<String> names(SpecKind kind) {
    return Index.LINES.stream()
        .filter(line -> line.lastIndexOf('/') + 1 == kind.folder().length())
        .filter(line -> line.startsWith(kind.folder()))
        .map(line -> line.substring(kind.folder().length()))
        .toList();
  }

  /** The text of a spec; empty where there is none of this name. */
  static Optional<Source> find(SpecKind kind, String name) {
    if (!names(kind).contains(name)) {
      return Optional.empty();
    }
    var file = kind.folder() + name + SUFFIX;
    return Optional.of(new Source("clusters/" + file, read(file)));
  }

  private static String read(String file) {
    try (var stream = ShippedSpecs.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the specs lack the file " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The list of all specs; a jar has no folders that could be listed. */
  private static final class Index {
    static final List<String> LINES = read("index.txt").lines().toList();
  }
}
