package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLibraryTest {
  private final PythonLibrary ops = PythonLibrary.of("ops.py");

  @Test
  void aFunctionComesWithWhatItUses() {
    assertThat(ops.select(List.of("rope")))
        .contains("def rope(", "def _turn(", "def _angles(", "# Rotary position embedding")
        .doesNotContain("def rope_back(", "def attention(");
  }

  @Test
  void importsThatNothingUsesAreLeftOut() {
    assertThat(ops.select(List.of("rope")))
        .contains("import torch\n")
        .doesNotContain("import functools", "import comm", "import device", "import torch.nn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops.py", "reference_ops.py", "comm.py"})
  void everyDefinitionIsFound(String file) {
    var definitions =
        PythonLibrary.read(file)
            .lines()
            .filter(line -> line.startsWith("def ") || line.startsWith("class "))
            .count();
    assertThat(PythonLibrary.of(file).names()).hasSize((int) definitions);
  }
}
