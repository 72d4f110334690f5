package dev.weft.backends.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The names and digests of the files of a bundle, as they were written. It is what tells a bundle
 * from any other directory, and a user's edit from our own text.
 *
 * <p>Its text has the form of {@code sha256sum}, so that {@code sha256sum -c .weft-bundle} checks
 * it too.
 */
record Manifest(Map<String, String> digests) {
  static final String FILE = ".weft-bundle";

  /** What Python leaves beside the programs that it runs. */
  private static final String BYTE_CODE = "__pycache__";

  Manifest {
    digests = Map.copyOf(digests);
  }

  static Manifest of(Map<String, String> files) {
    var digests = new TreeMap<String, String>();
    files.forEach((name, text) -> digests.put(name, digest(text.getBytes(StandardCharsets.UTF_8))));
    return new Manifest(digests);
  }

  /** The manifest of a directory that is a bundle. */
  static Optional<Manifest> read(Path directory) throws IOException {
    var file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    var digests = new TreeMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      int gap = line.indexOf("  ");
      if (gap > 0) {
        digests.put(line.substring(gap + 2), line.substring(0, gap));
      }
    }
    return Optional.of(new Manifest(digests));
  }

  String text() {
    var out = new StringBuilder();
    new TreeMap<>(digests)
        .forEach((name, digest) -> out.append(digest).append("  ").append(name).append('\n'));
    return out.toString();
  }

  /** The files of a directory which this manifest does not account for, sorted. */
  List<String> strangers(Path directory) throws IOException {
    var strangers = new ArrayList<String>();
    try (var walk = Files.walk(directory)) {
      for (var path : walk.filter(Files::isRegularFile).sorted().toList()) {
        var name = directory.relativize(path).toString();
        if (!name.equals(FILE) && !name.contains(BYTE_CODE) && !isOurs(name, path)) {
          strangers.add(name);
        }
      }
    }
    return strangers;
  }

  private boolean isOurs(String name, Path path) throws IOException {
    var digest = digests.get(name);
    return digest != null && digest.equals(digest(Files.readAllBytes(path)));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("every JDK has SHA-256", e));
    }
  }
}
