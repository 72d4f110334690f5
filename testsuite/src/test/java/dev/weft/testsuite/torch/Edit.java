package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of a bundle's file.
 *
 * @param from what is replaced wherever it stands, which is somewhere
 */
record Edit(String file, String from, String to) {
  void apply(Path directory) throws IOException {
    var path = directory.resolve(file);
    var text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }
}
