package dev.weft.testsuite.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  private static final Map<String, String> SHALLOW = Map.of("dropout", "0.1", "layers", "4");

  private static final List<Variant> VARIANTS =
      List.of(
          Variant.right("nothing changed"),
          Variant.wrong(
              "positions of the batch are local",
              new Edit("init.py", "made = index.astype(np.int64)", "made = np.arange(len(index))")),
          Variant.wrong(
              "positions along an axis are local",
              new Edit("ops.py", "start = comm.coordinate(axes) * size", "start = 0")),
          Variant.wrong(
              "every layer has the mask of the first",
              new Edit("model.py", "(step_key, layers_index)", "(step_key, layers_index * 0)")));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> masksAreThoseOfTheReferenceAndOfTheRuntime()
      throws IOException, InterruptedException {
    var bundles =
        List.of(
            Emitted.into(
                folder, "gpt2", "pp=2,tp=2,schedule=zb-h1,remat=selective,micro=4", SHALLOW),
            Emitted.into(folder, "gpt2", "dp=2,tp=2,sp,zero=3,micro=2,remat=full", SHALLOW),
            Emitted.into(folder, "bert", "dp=2,tp=2,sp,zero=1", SHALLOW),
            Emitted.into(
                folder, "t5", "pp=2,chunks=2,dp=2,zero=2,micro=4,offload=activations", DROPOUT));
    return Claim.tests(
        bundles.stream().map(b -> new Parity(b).claimWithRuntime(TOLERANCE)).toList());
  }

  @TestFactory
  Stream<DynamicTest> otherMasksAreFound() throws IOException, InterruptedException {
    var bundle = Emitted.into(folder, "gpt2", "dp=2,tp=2,sp", SHALLOW);
    return Claim.tests(Variant.claims(bundle, 1, VARIANTS));
  }
}
