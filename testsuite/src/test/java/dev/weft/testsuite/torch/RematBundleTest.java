package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Emitted programs whose backward computes values again, on gloo ranks. */
class RematBundleTest {
  /** So deep and narrow that groups of layers are run again. */
  private static final Map<String, String> DEEP =
      Map.of("layers", "36", "model", "16", "heads", "2", "batch", "32", "vocab", "64");

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> bundlesEqualTheSerialProgram() throws IOException, InterruptedException {
    var bundles =
        List.of(
            Emitted.into(folder, "gpt2", "dp=2,tp=2,sp,remat=full"),
            Emitted.into(folder, "gpt2", "dp=2,tp=2,sp,remat=selective"),
            Emitted.into(folder, "t5", "dp=2,tp=2,remat=full"),
            Emitted.withBudget(folder, "gpt2", "dp=2", 60, Map.of("layers", "6")),
            Emitted.withBudget(folder, "t5", "dp=2,pp=2,micro=4", 90, Map.of()),
            Emitted.into(folder, "gpt2", "dp=2,remat=budget:5200000", DEEP));
    assertThat(program(bundles.getFirst())).contains("re_");
    // Loops over some rows of the weights.
    assertThat(program(bundles.get(3))).containsPattern("in range\\(\\d, 6\\):");
    assertThat(program(bundles.getLast())).contains("unflatten(0, (18, 2))");
    return Claim.tests(bundles.stream().map(bundle -> new Parity(bundle).claim()).toList());
  }

  private static String program(Emitted bundle) throws IOException {
    return Files.readString(bundle.directory().resolve("model.py"));
  }
}
