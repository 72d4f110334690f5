package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Emitted models on gloo ranks against {@code model_ref.py}, and against our own runtime. As few
 * ranks and layers as a plan needs: what takes time is that ranks wait for one another.
 */
class EmittedModelsTest {
  private static final double TOLERANCE = 1e-12;

  /** A first layer, a last one, and some between. */
  private static final Map<String, String> SHALLOW = Map.of("layers", "4");

  private static final Map<String, String> AS_IT_IS = Map.of();

  private record Case(String model, String knobs, Map<String, String> constants) {}

  private static final List<Case> CASES =
      List.of(
          new Case("gpt2", "dp=4", SHALLOW),
          new Case("gpt2", "tp=8,sp", SHALLOW),
          new Case("gpt2", "dp=2,tp=2,sp,zero=1,micro=2", SHALLOW),
          new Case("llama2", "tp=8", SHALLOW),
          new Case("llama2", "dp=2,tp=2,sp,zero=1", SHALLOW),
          new Case("mixtral", "dp=4,tp=2,sp,ep=4,zero=1,micro=2", SHALLOW),
          new Case("mixtral", "dp=4,ep=2,zero=0", SHALLOW),
          new Case("mixtral", "dp=4,ep=2,zero=3,remat=full,offload=params", SHALLOW),
          new Case("mixtral", "pp=2,dp=2,tp=2,sp,ep=4,etp=1,zero=1,micro=4", SHALLOW),
          new Case("bert", "dp=2,tp=2,micro=2", SHALLOW),
          new Case("bert", "dp=2,tp=2,sp,zero=1", SHALLOW),
          new Case("t5", "dp=2,tp=2,sp,zero=1", AS_IT_IS),
          new Case("vit", "dp=2,tp=2", SHALLOW),
          new Case("bilinear", "dp=2,tp=2,sp", SHALLOW),
          new Case("gpt2", "dp=2,tp=2,sp,zero=3,micro=2", SHALLOW),
          new Case("llama2", "dp=4,zero=3,hybrid=2,remat=full", SHALLOW),
          new Case("gpt2", "dp=4,zero=1,hybrid=2,micro=2", SHALLOW),
          new Case("bilinear", "dp=2,tp=2,sp,zero=2,micro=2", SHALLOW),
          new Case(
              "gpt2", "dp=4,tp=2,sp,zero=3,offload=params+activations+optimizer,micro=2", SHALLOW),
          new Case("llama2", "dp=4,zero=3,offload=params+activations+optimizer", SHALLOW),
          new Case("bilinear", "dp=2,zero=3,remat=full,offload=params+activations", SHALLOW),
          new Case("t5", "dp=2,pp=2,zero=3,micro=4,offload=params+activations", AS_IT_IS),
          new Case("gpt2", "dp=2,zero=3,offload=params,prefetch=off", SHALLOW),
          new Case(
              "t5",
              "dp=2,pp=2,zero=2,schedule=zb-h1,micro=4,offload=activations+optimizer",
              AS_IT_IS),
          new Case("gpt2", "dp=2,pp=2,zero=3,schedule=zb-h1,micro=4", SHALLOW),
          new Case("gpt2", "pp=4,chunks=2,dp=2,zero=1,micro=4", AS_IT_IS),
          new Case("gpt2", "pp=2,tp=2,schedule=zb-h1,remat=selective,micro=4", SHALLOW),
          new Case("llama2", "pp=4,schedule=dualpipe-v,micro=8", AS_IT_IS),
          new Case("llama2", "pp=4,micro=4,zero=1", Map.of("layers", "2")),
          new Case("t5", "pp=4,micro=4", AS_IT_IS));

  /** A bundle's own training loop, whatever the plan. */
  private static final List<Case> TRAINED =
      List.of(
          new Case("gpt2", "pp=2,micro=4", SHALLOW),
          new Case("mixtral", "dp=4,tp=2,sp,ep=2,zero=1,micro=2", SHALLOW),
          new Case(
              "gpt2",
              "dp=2,zero=3,offload=params+optimizer+activations,cache=200000,micro=2",
              SHALLOW),
          new Case(
              "gpt2",
              "pp=2,chunks=2,dp=2,zero=3,offload=params+optimizer,cache=40000,micro=2",
              SHALLOW));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> parallelProgramsEqualSerialOnes() throws IOException, InterruptedException {
    var claims = new ArrayList<Claim>();
    for (var one : CASES) {
      claims.add(new Parity(emitted(one)).claimWithRuntime(TOLERANCE));
    }
    for (var one : TRAINED) {
      var bundle = emitted(one);
      claims.add(new Parity(bundle).claim());
      claims.add(new EmittedTraining(bundle).claim(TOLERANCE));
    }
    var budget =
        Emitted.withBudget(folder, "gpt2", "pp=2,tp=2,dp=2,schedule=zb-h1,micro=4", 95, SHALLOW);
    assertThat(Files.readString(budget.directory().resolve("model.py"))).contains("re_");
    claims.add(new Parity(budget).claimWithRuntime(TOLERANCE));
    return Claim.tests(claims);
  }

  private static Emitted emitted(Case one) throws IOException {
    return Emitted.into(folder, one.model(), one.knobs(), one.constants());
  }
}
