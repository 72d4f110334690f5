package dev.weft.testsuite.torch;

import dev.weft.ir.type.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Emitted optimizers on gloo ranks: each update equals that of {@code model_ref.py}, and the losses
 * are those of our own runtime.
 */
class EmittedOptimizersTest {
  /**
   * A bundle, and how far its losses may be from those of the runtime: in 16 bits a unit in the
   * last place of the loss, or two.
   */
  private record Case(
      String model, String knobs, String optimizer, DType precision, double tolerance) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "gpt2",
              "dp=2,tp=2,zero=1",
              "lamb(lr: cosine(3e-3, warmup: 2, steps: 4), weight_decay: 0.1, clip_norm: 0.1,"
                  + " no_decay: [vectors, wte])",
              DType.F64,
              1e-12),
          new Case(
              "bilinear",
              "dp=2,tp=2,sp,zero=1,micro=2",
              "adamw(lr: linear(3e-3, steps: 3), eps: 1e-3, weight_decay: 0.1, clip_norm: 0.01,"
                  + " no_decay: vectors)",
              DType.F64,
              1e-12),
          new Case(
              "gpt2",
              "dp=2",
              "adam(lr: inverse_sqrt(3e-3, warmup: 2), eps: 1e-3, weight_decay: 0.1,"
                  + " no_decay: vectors)",
              DType.F64,
              1e-12),
          new Case("gpt2", "tp=2", "adamw(lr: 3e-3, eps: 1e-3)", DType.BF16, 0x1p-6),
          new Case(
              "gpt2",
              "dp=2,zero=1,micro=2",
              "sgd(lr: 0.1, momentum: 0.9, clip_norm: 1, loss_scale: dynamic(interval: 2))",
              DType.F16,
              0x1p-9));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> emittedOptimizersAreTheRecipes() throws IOException, InterruptedException {
    var claims = new ArrayList<Claim>();
    for (int i = 0; i < CASES.size(); i++) {
      var one = CASES.get(i);
      var own = Files.createDirectory(folder.resolve("case" + i));
      var bundle = Emitted.into(own, one.model(), one.knobs(), one.optimizer(), one.precision());
      claims.add(new Parity(bundle).claim());
      claims.add(new EmittedTraining(bundle).claim(one.tolerance()));
    }
    return Claim.tests(claims);
  }
}
