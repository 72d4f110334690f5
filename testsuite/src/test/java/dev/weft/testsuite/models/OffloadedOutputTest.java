package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.training.Training;
import dev.weft.frontend.check.Options;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.MemorySpace;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outputs that the backward needs too: what is kept for it goes to the host, the output itself
 * stays on the device.
 */
class OffloadedOutputTest {
  private static final Source MODEL =
      new Source(
          "outputs.weft",
          """
          model outputs(depth = 4) {
            axis batch
            axis feature = 8
            axis wide = 8
            axis classes = 4
            input x: float[batch, feature]
            input y: i32[batch] in classes
            param first: [feature, wide] = normal(0.3)
            early[batch, wide] = x * first
            active = gelu(early)
            param second: [wide, feature] = normal(0.3)
            h[batch, feature] = active * second
            before = h
            repeat depth as inner {
              param up: [feature, wide] = normal(0.3)
              param down: [wide, feature] = normal(0.3)
              a[batch, wide] = h * up
              d[batch, feature] = gelu(a) * down
              h = h + d
            }
            late = tanh(h)
            param head: [feature, classes] = normal(0.3)
            logits[batch, classes] = late * head
            output early, active, before, h, late, logits
            loss = mean(cross_entropy(logits, y, over: classes), over: batch)
          }
          train outputs {
            batch = 8
            precision = f64
            optimizer = sgd(lr: 0.1)
          }
          """);

  private static final List<String> OUTPUTS =
      List.of("early", "active", "before", "h", "late", "logits");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "offload=activations",
        "dp=2,micro=2,offload=activations",
        "dp=2,micro=2,remat=full,offload=activations+params",
        "tp=2,offload=activations+optimizer",
        "pp=2,micro=2,offload=activations",
        "pp=2,chunks=2,micro=4,schedule=zb-v,remat=full,offload=activations",
        "dp=2,pp=2,micro=2,zero=3,schedule=zb-h1,offload=activations"
      })
  void outputsStayOnTheDevice(String knobs) {
    var compilation = Compilation.of(MODEL, Options.NONE, PlanChoice.knobs(knobs)).orThrow();
    var step = compilation.step().orThrow();
    assertThat(outputs(step))
        .allSatisfy(value -> assertThat(value.type().space()).isEqualTo(MemorySpace.DEVICE));
    assertThat(outputs(step)).hasSizeGreaterThanOrEqualTo(OUTPUTS.size());
    var check = Training.proved(2).run(compilation).orThrow().check().orElseThrow();
    assertThat(check.passed()).as("%s", check).isTrue();
  }

  private static List<Value> outputs(Module step) {
    return step.functions().stream().flatMap(OffloadedOutputTest::outputs).toList();
  }

  private static Stream<Value> outputs(Function function) {
    return IntStream.range(0, function.outputs().size())
        .filter(i -> function.outputs().get(i) instanceof Port.Output)
        .mapToObj(i -> function.body().yields().get(i));
  }
}
