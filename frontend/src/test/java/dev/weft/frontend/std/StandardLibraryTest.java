package dev.weft.frontend.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StandardLibraryTest {
  private static final Path FILES =
      Path.of(System.getProperty("weft.root", ".."))
          .resolve("frontend/src/main/resources/dev/weft/frontend/std");

  @Test
  void holdsEveryFileOfItsFolder() throws IOException {
    try (var files = Files.list(FILES)) {
      var names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".weft"))
              .map(name -> "std/" + name);
      assertThat(StandardLibrary.bundled().sources())
          .extracting(Source::name)
          .containsExactlyInAnyOrderElementsOf(names.toList());
    }
  }

  @Test
  void everyBlockIsDocumented() {
    assertThat(StandardLibrary.bundled().blocks()).containsKeys("layer_norm", "attention", "mlp");
    assertThat(StandardLibrary.bundled().blocks().values())
        .allSatisfy(block -> assertThat(block.documentation()).isNotBlank());
  }

  @Test
  void anUnknownBlockIsAbsent() {
    assertThat(StandardLibrary.bundled().block("nothing")).isEmpty();
  }
}
