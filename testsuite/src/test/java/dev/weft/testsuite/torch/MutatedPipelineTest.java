package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that is wrong in one place does not pass its parity test. */
class MutatedPipelineTest {
  /** A change of one line of a bundle's file. */
  private record Mutant(String name, String file, String right, String wrong) {}

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "the tied embedding is not summed over its places",
              "model.py",
              "pipe.sum_among(places, name)",
              "pass"),
          new Mutant(
              "the tied embedding is summed over replicas instead",
              "pipeline.py",
              "(model.PIPELINE,), sorted({places",
              "(\"dp\",), sorted({places"),
          new Mutant(
              "the first place sends its first two micro-batches in the other order",
              "pipeline.py",
              "self.row = parse(model.SCHEDULE[self.place])",
              "self.row = parse(model.SCHEDULE[self.place].replace(\"0F0 0F1\", \"0F1 0F0\"))"),
          new Mutant(
              "gradients are not summed over replicas",
              "model.py",
              "grad = all_reduce(g.flat, DP)",
              "grad = g.flat"),
          new Mutant(
              "a stage has its layers one row too early",
              "model.py",
              "\"blocks.*[4:8]\"",
              "\"blocks.*[3:7]\""),
          new Mutant(
              "every micro-batch is the first one",
              "model.py",
              "data = [pieces[name][m]",
              "data = [pieces[name][0]"),
          new Mutant("nothing", "model.py", "SCHEDULE", "SCHEDULE"));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyMistakeIsFound() throws IOException, InterruptedException {
    var python = Python.find();
    var bundle = Emitted.into(folder, "gpt2", "pp=2,dp=2,micro=2,schedule=gpipe");
    var commands = new ArrayList<Python.Command>();
    for (var mutant : MUTANTS) {
      var copy = bundle.copy(folder.resolve("mutant-" + commands.size()));
      var file = copy.resolve(mutant.file());
      var text = Files.readString(file);
      assertThat(text).contains(mutant.right());
      Files.writeString(file, text.replace(mutant.right(), mutant.wrong()));
      commands.add(new Python.Command(copy, "test_parity.py", "--steps", "1"));
    }
    var ended = python.run(commands);
    return IntStream.range(0, MUTANTS.size())
        .mapToObj(
            i -> dynamicTest(MUTANTS.get(i).name(), () -> verdict(ended.get(i), MUTANTS.get(i))));
  }

  private static void verdict(Python.Ended parity, Mutant mutant) {
    boolean isRight = mutant.right().equals(mutant.wrong());
    assertThat(parity.code()).as(parity.output()).isEqualTo(isRight ? 0 : 1);
    assertThat(parity.output()).contains(isRight ? "PASS: " : "FAIL: ");
  }
}
