package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharedFunctionsTest {
  private static final List<String> PHASES = List.of("forward");

  private final SharedFunctions functions = new SharedFunctions();

  private static List<String> stage(String block, String call) {
    return List.of(
        "def blocks_fwd(p, x):\n    return " + block + "\n",
        "def forward(p, x):\n    return blocks_fwd(p, " + call + ")\n");
  }

  @Test
  void equalStagesHaveOneText() {
    functions.add(stage("x", "x"), "stage0_", PHASES);
    var second = functions.add(stage("x", "x"), "stage1_", PHASES);
    assertThat(second).containsEntry("forward", "stage0_forward");
    assertThat(functions.texts()).hasSize(2);
  }

  @Test
  void aFunctionThatCallsAnotherOneIsAnother() {
    functions.add(stage("x", "x"), "stage0_", PHASES);
    var second = functions.add(stage("x + x", "x"), "stage1_", PHASES);
    assertThat(second)
        .containsEntry("blocks_fwd", "stage1_blocks_fwd")
        .containsEntry("forward", "stage1_forward");
    assertThat(functions.texts().getLast()).contains("return stage1_blocks_fwd(p, x)");
  }

  @Test
  void whatStaysEqualStaysShared() {
    functions.add(stage("x", "x"), "stage0_", PHASES);
    var second = functions.add(stage("x", "2 * x"), "stage1_", PHASES);
    assertThat(second)
        .containsEntry("blocks_fwd", "blocks_fwd")
        .containsEntry("forward", "stage1_forward");
    assertThat(functions.texts()).hasSize(3);
  }
}
