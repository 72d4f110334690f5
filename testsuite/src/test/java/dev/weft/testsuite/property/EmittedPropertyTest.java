package dev.weft.testsuite.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.backends.core.BundleWriter;
import dev.weft.backends.core.Existing;
import dev.weft.backends.torch.Bundle;
import dev.weft.backends.torch.Target;
import dev.weft.backends.torch.TorchBackend;
import dev.weft.ir.graph.Module;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.type.DType;
import dev.weft.testsuite.torch.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Emitted programs of random models and plans pass their own parity test. {@code -Dweft.emitted=N}
 * tries the first N seeds.
 */
class EmittedPropertyTest {
  private static final int SEEDS = Integer.getInteger("weft.emitted", 24);

  /** Further seeds, each of which has found a fault of the emitter. */
  private static final List<Integer> FOUND = List.of(74, 246, 460);

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> randomProgramsEqualTheirModels() throws IOException, InterruptedException {
    var python = Python.find();
    var seeds = new ArrayList<Integer>();
    var commands = new ArrayList<Python.Command>();
    var tried = new TreeSet<>(FOUND);
    IntStream.rangeClosed(1, SEEDS).forEach(tried::add);
    for (int seed : tried) {
      var sample = Sample.draw(seed);
      var step = Trial.step(sample);
      if (!step.hasErrors()) {
        seeds.add(seed);
        var directory = write(sample, step.orThrow());
        commands.add(new Python.Command(directory, "test_parity.py", "--steps", "2"));
      }
    }
    var ended = python.run(commands);
    return IntStream.range(0, seeds.size())
        .mapToObj(i -> dynamicTest("seed " + seeds.get(i), () -> assertPassed(ended.get(i))));
  }

  private static Path write(Sample sample, Module step) {
    var plan = sample.plan();
    var bundle =
        new Bundle(
            Target.CPU,
            "random",
            "seed " + sample.seed(),
            step,
            sample.wholeBatch(),
            PlanJson.write(plan),
            sample.optimizer(),
            DType.F64,
            sample.batch() * plan.microBatches(),
            0);
    var directory = folder.resolve("seed-" + sample.seed());
    var files = TorchBackend.emit(bundle).orThrow();
    return BundleWriter.write(directory, files, Existing.KEEP).orThrow();
  }

  private static void assertPassed(Python.Ended parity) {
    assertThat(parity.output()).contains("PASS: 2 steps on ");
    assertThat(parity.code()).isZero();
  }

  /** Most seeds give a program; else the test would say little. */
  @Test
  void mostSeedsGiveAProgram() {
    var emitted =
        IntStream.rangeClosed(1, SEEDS)
            .filter(seed -> !Trial.step(Sample.draw(seed)).hasErrors())
            .count();
    assertThat(emitted).isGreaterThan(SEEDS / 2);
  }
}
