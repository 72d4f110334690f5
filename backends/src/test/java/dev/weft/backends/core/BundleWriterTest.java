package dev.weft.backends.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {
  private static final Map<String, String> FILES =
      Map.of("model.py", "print(1)\n", "launch.sh", "#!/bin/sh\n");

  @TempDir Path folder;
  private Path target = Path.of("");

  @BeforeEach
  void choose() {
    target = folder.resolve("deep/bundle");
  }

  private Checked<Path> write(Map<String, String> files) {
    return BundleWriter.write(target, files, Existing.KEEP);
  }

  @Test
  void writesAllFilesAndMakesParents() throws IOException {
    assertThat(write(FILES).orThrow()).isEqualTo(target);
    assertThat(Files.readString(target.resolve("model.py"))).isEqualTo("print(1)\n");
    assertThat(Files.isExecutable(target.resolve("launch.sh"))).isTrue();
    assertThat(Files.isExecutable(target.resolve("model.py"))).isFalse();
  }

  @Test
  void leavesNothingBesideTheBundle() throws IOException {
    write(FILES).orThrow();
    write(FILES).orThrow();
    assertThat(names(target.resolveSibling("."))).containsExactly("bundle");
  }

  @Test
  void replacesAnUnchangedBundle() throws IOException {
    write(FILES).orThrow();
    Files.createDirectory(target.resolve("__pycache__"));
    Files.writeString(target.resolve("__pycache__/model.pyc"), "x");
    write(Map.of("other.py", "print(2)\n")).orThrow();
    assertThat(names(target)).containsExactly(".weft-bundle", "other.py");
  }

  @Test
  void anEmptyDirectoryIsTaken() throws IOException {
    Files.createDirectories(target);
    assertThat(write(FILES).hasErrors()).isFalse();
  }

  @Test
  void aDirectoryOfOthersIsKept() throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve("thesis.tex"), "dear reader");
    assertThat(codes(write(FILES))).containsExactly("W0701");
    assertThat(names(target)).containsExactly("thesis.tex");
  }

  @Test
  void anEditedBundleIsKept() throws IOException {
    write(FILES).orThrow();
    Files.writeString(target.resolve("model.py"), "print(3)\n");
    assertThat(codes(write(FILES))).containsExactly("W0702");
    assertThat(Files.readString(target.resolve("model.py"))).isEqualTo("print(3)\n");
  }

  @Test
  void aBundleWithCheckpointsIsKept() throws IOException {
    write(FILES).orThrow();
    Files.createDirectories(target.resolve("checkpoints/step-00000010"));
    Files.writeString(target.resolve("checkpoints/step-00000010/rank-0.pt"), "x");
    assertThat(write(FILES).diagnostics().getFirst().message())
        .contains("checkpoints/step-00000010/rank-0.pt");
  }

  @Test
  void overwritingReplacesWhatever() throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve("thesis.tex"), "dear reader");
    BundleWriter.write(target, FILES, Existing.OVERWRITE).orThrow();
    assertThat(names(target)).containsExactly(".weft-bundle", "launch.sh", "model.py");
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Files.createDirectories(target.getParent());
    Files.writeString(target, "x");
    assertThat(codes(write(FILES))).containsExactly("W0703");
    assertThat(codes(BundleWriter.write(target, FILES, Existing.OVERWRITE)))
        .containsExactly("W0703");
  }

  @Test
  void aBundleThatCannotBeWrittenLeavesNothing() throws IOException {
    write(FILES).orThrow();
    var impossible = Map.of("model.py", "print(4)\n", "no/such/folder.py", "");
    assertThat(codes(write(impossible))).containsExactly("W0704");
    assertThat(Files.readString(target.resolve("model.py"))).isEqualTo("print(1)\n");
    assertThat(names(target.resolveSibling("."))).containsExactly("bundle");
  }

  private static List<String> codes(Checked<?> result) {
    return result.diagnostics().stream().map(Diagnostic::code).map(c -> c.id()).toList();
  }

  private static List<String> names(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
