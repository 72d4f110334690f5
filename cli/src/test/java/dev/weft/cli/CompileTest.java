package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code compile}: a bundle, whole or not at all. */
class CompileTest {
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void writeModel() {
    Weft.write(directory.resolve("a.weft"), Weft.SMALL);
  }

  private Weft compile(String... more) {
    var arguments = "compile a.weft --plan dp=2,tp=2 -o out --json".split(" ");
    var all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Weft.run(directory, all);
  }

  private String bundle() throws IOException {
    try (var files = Files.list(directory.resolve("out"))) {
      return files
          .sorted()
          .map(f -> f.getFileName() + "\n" + Weft.read(f))
          .collect(Collectors.joining("\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "ascend", "cpu"})
  void aBundleIsWrittenForEachTarget(String target) {
    var json = compile("--target", target).expectStatus(0).json();
    assertThat(json.get("target").asText()).isEqualTo(target);
    assertThat(json.get("devices").asInt()).isEqualTo(4);
    for (var file : json.get("files")) {
      assertThat(directory.resolve("out").resolve(file.asText())).isNotEmptyFile();
    }
    assertThat(Weft.read(directory.resolve("out/plan.json"))).contains("\"dp\": 2");
  }

  @Test
  void theSameCommandWritesTheSameBundle() throws IOException {
    compile("--target", "cpu").expectStatus(0);
    var first = bundle();
    compile("--target", "cpu").expectStatus(0);
    assertThat(bundle()).isEqualTo(first);
  }

  @Test
  void aStrangersDirectoryIsLeftAlone() throws IOException {
    Files.createDirectory(directory.resolve("out"));
    Weft.write(directory.resolve("out/thesis.tex"), "work of years");
    assertThat(compile("--target", "cpu").expectStatus(1).codes()).containsExactly("W0701");
    assertThat(Weft.read(directory.resolve("out/thesis.tex"))).isEqualTo("work of years");
    compile("--target", "cpu", "--force").expectStatus(0);
    assertThat(directory.resolve("out/thesis.tex")).doesNotExist();
  }

  @Test
  void thePlanMustHaveAsManyDevicesAsAreSaid() {
    compile("--target", "cpu", "--devices", "4").expectStatus(0);
    var refused = compile("--target", "cpu", "--devices", "8").expectStatus(1);
    assertThat(refused.codes()).containsExactly("W0627");
    assertThat(compile("--target", "cpu", "--devices", "0").expectStatus(2).codes())
        .containsExactly("W0801");
  }

  @Test
  void aRefusedPlanWritesNothing() {
    var run =
        Weft.run(directory, "compile", "a.weft", "--plan", "tp=3", "--target", "cpu", "-o", "out");
    assertThat(run.expectStatus(1).err()).contains("W0622");
    assertThat(directory.resolve("out")).doesNotExist();
  }
}
