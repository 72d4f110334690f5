package dev.weft.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.frontend.check.Options;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of a program, and with it the time to compile it, does not depend on its depth. */
class CompileSizeTest {
  private static final String LARGEST = "dp=4,tp=8,sp,micro=4,zero=1";

  private static Compilation llama(int layers, String plan) throws IOException {
    var file = Path.of(System.getProperty("weft.root")).resolve("examples/llama2.weft");
    var source = new Source("llama2.weft", Files.readString(file));
    var options = Options.preset("70b").with("layers", Integer.toString(layers));
    return Compilation.of(source, options, PlanChoice.knobs(plan)).orThrow();
  }

  private static long nodes(Module module) {
    return module.only().body().allNodes().count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dp=1", "tp=8,sp", LARGEST})
  void theStepOfEightyLayersIsNoLargerThanThatOfEight(String plan) throws IOException {
    long deep = nodes(llama(80, plan).step().orThrow());
    assertThat(deep).isEqualTo(nodes(llama(8, plan).step().orThrow())).isPositive();
  }

  @Test
  void theBackwardProgramIsNoLargerEither() throws IOException {
    var deep = llama(80, LARGEST);
    assertThat(nodes(deep.grads().orThrow()))
        .isEqualTo(nodes(llama(8, LARGEST).grads().orThrow()))
        .isGreaterThan(nodes(deep.forward()));
  }
}
