package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Emitted programs with dropout have the masks of {@code model_ref.py} and of our runtime; one that
 * counts from its own place, or by another key, has not.
 */
class DropoutBundleTest {
  private static final double TOLERANCE = 1e-12;
  private static final Map<String, String> DROPOUT = Map.of("dropout", "0.1");

  private static final List<String[]> CASES =
      List.of(
          new String[] {"gpt2", "pp=2,tp=2,dp=2,schedule=zb-h1,remat=selective,micro=4"},
          new String[] {"gpt2", "dp=2,tp=2,sp,zero=3,micro=2,remat=full"},
          new String[] {"bert", "dp=2,tp=4,sp,zero=1"},
          new String[] {"t5", "pp=2,chunks=2,dp=2,zero=2,micro=4,offload=activations"});

  /** A change of a bundle's file. */
  private record Mutant(String name, String file, String right, String wrong) {}

  private static final List<Mutant> MUTANTS =
      List.of(
          new Mutant(
              "positions of the batch are local",
              "init.py",
              "made = index.astype(np.int64)",
              "made = np.arange(len(index))"),
          new Mutant(
              "positions along an axis are local",
              "ops.py",
              "start = comm.coordinate(axes) * size",
              "start = 0"),
          new Mutant(
              "every layer has the mask of the first",
              "model.py",
              "(step_key, layers_index)",
              "(step_key, layers_index * 0)"),
          new Mutant("nothing", "model.py", "dropout(", "dropout("));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> masksAreThoseOfTheReference() throws IOException, InterruptedException {
    var python = Python.find();
    var emitted = new ArrayList<Emitted>();
    var commands = new ArrayList<Python.Command>();
    for (var one : CASES) {
      var bundle = Emitted.into(folder, one[0], one[1], DROPOUT);
      emitted.add(bundle);
      commands.add(bundle.command("test_parity.py"));
    }
    emitted.forEach(bundle -> commands.add(new EmittedTraining(bundle).command()));
    var ended = python.run(commands);
    int count = emitted.size();
    return IntStream.range(0, count)
        .boxed()
        .flatMap(i -> tests(emitted.get(i), ended.get(i), ended.get(i + count)));
  }

  private static Stream<DynamicTest> tests(
      Emitted bundle, Python.Ended parity, Python.Ended training) {
    return Stream.of(
        dynamicTest(bundle + " equals model_ref.py", () -> verdict(parity, true)),
        dynamicTest(
            bundle + " equals the runtime",
            () -> new EmittedTraining(bundle).assertSameLosses(training, TOLERANCE)));
  }

  @TestFactory
  Stream<DynamicTest> otherMasksAreFound() throws IOException, InterruptedException {
    var python = Python.find();
    var bundle = Emitted.into(folder, "gpt2", "dp=2,tp=2,sp", DROPOUT);
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
            i ->
                dynamicTest(
                    MUTANTS.get(i).name(),
                    () -> verdict(ended.get(i), MUTANTS.get(i).name().equals("nothing"))));
  }

  private static void verdict(Python.Ended parity, boolean isRight) {
    assertThat(parity.code()).as(parity.output()).isEqualTo(isRight ? 0 : 1);
    assertThat(parity.output()).contains(isRight ? "PASS: " : "FAIL: ");
  }
}
