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

/** Emitted models on gloo ranks against {@code model_ref.py}, and against our own runtime. */
class EmittedModelsTest {
  private static final double TOLERANCE = 1e-12;

  private static final List<String[]> CASES =
      List.of(
          new String[] {"gpt2", "dp=8"},
          new String[] {"gpt2", "tp=8,sp"},
          new String[] {"gpt2", "dp=2,tp=4,sp,zero=1,micro=2"},
          new String[] {"llama2", "tp=8"},
          new String[] {"llama2", "dp=2,tp=4,sp,zero=1"},
          new String[] {"bert", "dp=4,tp=2,micro=2"},
          new String[] {"bert", "dp=2,tp=4,sp,zero=1"},
          new String[] {"t5", "dp=2,tp=2,sp,zero=1"},
          new String[] {"vit", "dp=2,tp=2"},
          new String[] {"bilinear", "dp=2,tp=2,sp"},
          new String[] {"gpt2", "dp=4,tp=2,sp,zero=3,micro=2"},
          new String[] {"llama2", "dp=4,zero=3,hybrid=2,remat=full"},
          new String[] {"gpt2", "dp=4,zero=1,hybrid=2,micro=2"},
          new String[] {"bilinear", "dp=2,tp=2,sp,zero=2,micro=2"},
          new String[] {
            "gpt2", "dp=2,zero=3,offload=params+optimizer+activations,cache=200000,micro=2"
          },
          new String[] {
            "gpt2", "pp=2,chunks=2,dp=4,zero=3,offload=params+optimizer,cache=20000,micro=2"
          },
          new String[] {"gpt2", "dp=4,tp=2,sp,zero=3,offload=params+activations+optimizer,micro=2"},
          new String[] {"llama2", "dp=8,zero=3,offload=params+activations+optimizer"},
          new String[] {"bilinear", "dp=2,zero=3,remat=full,offload=params+activations"},
          new String[] {"t5", "dp=2,pp=2,zero=3,micro=4,offload=params+activations"},
          new String[] {"gpt2", "dp=2,zero=3,offload=params,prefetch=off"},
          new String[] {
            "t5", "dp=2,pp=2,zero=2,schedule=zb-h1,micro=4,offload=activations+optimizer"
          },
          new String[] {"gpt2", "dp=2,pp=2,zero=3,schedule=zb-h1,micro=4"},
          new String[] {"gpt2", "pp=2,micro=4"},
          new String[] {"gpt2", "pp=4,chunks=2,dp=2,zero=1,micro=4"},
          new String[] {"gpt2", "pp=2,tp=2,dp=2,schedule=zb-h1,remat=selective,micro=4"},
          new String[] {"llama2", "pp=4,schedule=dualpipe-v,micro=8"},
          new String[] {"t5", "pp=4,micro=4"});

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> parallelProgramsEqualSerialOnes() throws IOException, InterruptedException {
    var python = Python.find();
    var emitted = new ArrayList<Emitted>();
    var commands = new ArrayList<Python.Command>();
    for (var one : CASES) {
      var bundle = Emitted.into(folder, one[0], one[1]);
      emitted.add(bundle);
      commands.add(bundle.command("test_parity.py"));
    }
    var budget =
        Emitted.withBudget(
            folder, "gpt2", "pp=2,tp=2,dp=2,schedule=zb-h1,micro=4", 95, Map.of("layers", "4"));
    assertThat(Files.readString(budget.directory().resolve("model.py"))).contains("re_");
    emitted.add(budget);
    commands.add(budget.command("test_parity.py"));
    emitted.forEach(bundle -> commands.add(new EmittedTraining(bundle).command()));
    var ended = python.run(commands);
    return IntStream.range(0, emitted.size())
        .boxed()
        .flatMap(i -> tests(emitted.get(i), ended.get(i), ended.get(i + emitted.size())));
  }

  private static Stream<DynamicTest> tests(
      Emitted bundle, Python.Ended parity, Python.Ended training) {
    return Stream.of(
        dynamicTest(bundle + " equals model_ref.py", () -> assertPassed(parity)),
        dynamicTest(
            bundle + " equals the runtime",
            () -> new EmittedTraining(bundle).assertSameLosses(training, TOLERANCE)));
  }

  private static void assertPassed(Python.Ended parity) {
    assertThat(parity.output()).contains("PASS: 3 steps on ");
    assertThat(parity.code()).isZero();
  }
}
