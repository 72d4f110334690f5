package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.type.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TorchBackendTest {
  private final Map<String, String> files = TorchBackend.emit(MlpStep.bundle()).orThrow();

  private String file(String name) {
    return files.getOrDefault(name, "");
  }

  /** The whole text of one small program, so that a change of form is seen as a whole. */
  @Test
  void theProgramOfARankReadsAsExpected() throws IOException {
    assertThat(file("model.py")).isEqualTo(resource("mlp_model.py"));
  }

  @Test
  void theSerialModelReadsAsExpected() throws IOException {
    assertThat(file("model_ref.py")).isEqualTo(resource("mlp_model_ref.py"));
  }

  @Test
  void theBundleIsComplete() {
    assertThat(files.keySet())
        .containsExactlyInAnyOrder(
            "README.md",
            "model.py",
            "ops.py",
            "comm.py",
            "device.py",
            "state.py",
            "init.py",
            "launch.py",
            "model_ref.py",
            "test_parity.py",
            "update_parity.py",
            "train.py",
            "checkpoint.py",
            "dry_run.py",
            "launch.sh",
            "slurm.sbatch",
            "plan.json");
    assertThat(files.values()).allSatisfy(text -> assertThat(text).endsWith("\n"));
  }

  @Test
  void noPlaceholderIsLeft() {
    assertThat(files.values()).noneMatch(text -> text.matches("(?s).*@[A-Z_]+@.*"));
  }

  @Test
  void librariesHoldOnlyWhatIsUsed() {
    assertThat(file("ops.py")).contains("def tanh_bwd(").doesNotContain("def attention(");
    assertThat(file("comm.py")).contains("def all_reduce(").doesNotContain("def all_to_all(");
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    assertThat(TorchBackend.emit(MlpStep.bundle()).orThrow()).isEqualTo(files);
  }

  @Test
  void integersAreNoPrecision() {
    var b = MlpStep.bundle();
    var half =
        new Bundle(
            b.target(),
            b.modelName(),
            b.sourceName(),
            b.step(),
            b.reference(),
            b.planJson(),
            b.optimizer(),
            DType.I32,
            b.globalBatch(),
            b.seed());
    assertThat(TorchBackend.emit(half).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code().id()).isEqualTo("W0705"));
  }

  private static String resource(String name) throws IOException {
    try (var in = TorchBackendTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
