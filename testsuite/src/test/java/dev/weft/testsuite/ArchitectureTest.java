package dev.weft.testsuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of ARCHITECTURE.md that a machine can check, and that each of them can fail. */
class ArchitectureTest {
  private static final int LONGEST_FILE_LINES = 450;
  private static final List<CompiledClass> PRODUCT = CompiledClass.ofProduct();

  @Test
  void theRulesSeeEveryModule() {
    assertThat(PRODUCT.stream().map(c -> c.name().split("\\.")[2]))
        .contains("ir", "frontend", "passes", "backends", "runtime", "cli");
  }

  @TestFactory
  Stream<DynamicTest> dependenciesRunOneWay() {
    return Arrow.forbidden().stream()
        .map(arrow -> dynamicTest(arrow.toString(), () -> assertThat(all(arrow)).isEmpty()));
  }

  private static List<String> all(Arrow arrow) {
    return PRODUCT.stream().flatMap(c -> arrow.violations(c).stream()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "dev.weft.ir.graph,         dev.weft.frontend.check.Names",
    "dev.weft.ir.plan,          dev.weft.cli.Main",
    "dev.weft.frontend.check,   dev.weft.passes.core.Pass",
    "dev.weft.passes.core,      dev.weft.runtime.grid.Grid",
    "dev.weft.backends.torch,   dev.weft.passes.cost.Price",
    "dev.weft.runtime.interp,   dev.weft.backends.core.Writer",
    "dev.weft.passes.shard,     dev.weft.passes.sequence.Ring",
    "dev.weft.passes.remat,     dev.weft.passes.optimizer.Levels",
    "dev.weft.frontend.check,   org.antlr.v4.runtime.Token",
    "dev.weft.passes.simulate,  com.oracle.truffle.api.nodes.Node",
    "dev.weft.passes.search,    picocli.CommandLine",
    "dev.weft.ir.graph,         com.fasterxml.jackson.databind.JsonNode",
    "dev.weft.backends.torch,   org.jgrapht.Graph",
  })
  void aForbiddenArrowIsFound(String from, String used) {
    assertThat(violations(from, used)).containsOnly(from + ".Broken uses " + used);
  }

  @ParameterizedTest
  @CsvSource({
    "dev.weft.passes.shard,     dev.weft.ir.plan.Plan",
    "dev.weft.passes.shard,     dev.weft.passes.core.Pass",
    "dev.weft.passes.core,      dev.weft.passes.shard.Shard",
    "dev.weft.frontend.syntax,  org.antlr.v4.runtime.Token",
    "dev.weft.ir.json,          com.fasterxml.jackson.databind.JsonNode",
    "dev.weft.cli,              dev.weft.runtime.grid.Grid",
    "dev.weft.passes.shard,     dev.weft.passes.sharding.Other",
  })
  void anAllowedArrowIsNot(String from, String used) {
    assertThat(violations(from, used)).isEmpty();
  }

  /** A class that names another in one place only, the type of a field. */
  private static List<String> violations(String from, String used) {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(from, "Broken"),
                type -> type.withField("field", ClassDesc.of(used), 0));
    var broken = CompiledClass.read(bytes);
    return Arrow.forbidden().stream().flatMap(arrow -> arrow.violations(broken).stream()).toList();
  }

  @Test
  void namesSayWhatAThingIs() {
    assertThat(PRODUCT.stream().map(c -> Naming.complaint(c.name())).flatMap(Optional::stream))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.weft.ir.graph.NodeManager",
        "dev.weft.passes.core.Pass$RuleImpl",
        "dev.weft.runtime.util.Loops",
      })
  void aNameByKindIsFound(String className) {
    assertThat(Naming.complaint(className)).isPresent();
  }

  @Test
  void noFileOutgrowsItsSubject() throws IOException {
    var root = Path.of(System.getProperty("weft.root"));
    var sources = new ArrayList<Path>();
    try (var modules = Files.newDirectoryStream(root)) {
      for (Path module : modules) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) sources.add(main);
      }
    }
    Collections.sort(sources);
    assertThat(sources).as("folders of sources").isNotEmpty();
    for (Path folder : sources) assertThat(tooLong(folder)).isEmpty();
  }

  @Test
  void aFileThatOutgrewItsSubjectIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Short.java"), "\n".repeat(LONGEST_FILE_LINES));
    Files.writeString(folder.resolve("Long.java"), "\n".repeat(LONGEST_FILE_LINES + 1));
    assertThat(tooLong(folder)).singleElement().asString().contains("Long.java has 451 lines");
  }

  private static List<String> tooLong(Path folder) throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > LONGEST_FILE_LINES) found.add(file + " has " + lines + " lines");
      }
    }
    return found;
  }
}
