package dev.weft.testsuite.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of every golden file is as it says. */
class GoldenTest {
  @TestFactory
  Stream<DynamicContainer> files() {
    return GoldenFile.all().stream()
        .map(GoldenFile::read)
        .map(f -> dynamicContainer(f.name(), f.path().toUri(), cases(f)));
  }

  private static Stream<DynamicTest> cases(GoldenFile file) {
    return file.cases().stream().map(c -> dynamicTest(name(file, c), () -> judge(file, c)));
  }

  /** With the file, since reports show the name of a test without that of its container. */
  private static String name(GoldenFile file, Case of) {
    return file.path().getFileName() + (of.title().isEmpty() ? "" : ": " + of.title());
  }

  private static void judge(GoldenFile file, Case of) throws IOException {
    try (var scratch = new Scratch()) {
      var verdict = Judge.judge(of, scratch.folder());
      if (!verdict.isGood()) {
        fail(verdict.report(file));
      }
    }
  }

  @Test
  void everyFolderAndEveryToolIsUsed() {
    Set<String> tools = new TreeSet<>();
    for (var path : GoldenFile.all()) {
      var file = GoldenFile.read(path);
      assertThat(file.cases()).as(file.name()).isNotEmpty();
      file.cases().forEach(c -> c.runs().forEach(r -> tools.add(r.tool())));
    }
    assertThat(tools)
        .containsExactly("check", "compile", "equiv", "fmt", "gradients", "info", "opt", "plan");
  }
}
