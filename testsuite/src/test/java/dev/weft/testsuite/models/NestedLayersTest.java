package dev.weft.testsuite.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.compile.Compilation;
import dev.weft.cli.compile.PlanChoice;
import dev.weft.cli.training.Training;
import dev.weft.frontend.check.Options;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.passes.shard.ShardCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers within groups of layers: a weight is a stack of stacks, and LAMB has a norm for each
 * innermost layer.
 */
class NestedLayersTest {
  private static final Source MODEL =
      new Source(
          "nested.weft",
          """
          model nested(groups = 2, depth = 4) {
            axis batch
            axis feature = 8
            axis wide = 8
            axis classes = 4
            input x: float[batch, feature]
            input y: i32[batch] in classes
            h = x
            repeat groups as outer {
              repeat depth as inner {
                param up: [feature, wide] = normal(0.3)
                param down: [wide, feature] = normal(0.3)
                a[batch, wide] = h * up
                d[batch, feature] = gelu(a) * down
                h = h + d
              }
            }
            param head: [feature, classes] = normal(0.3)
            logits[batch, classes] = h * head
            loss = mean(cross_entropy(logits, y, over: classes), over: batch)
          }
          train nested {
            batch = 8
            precision = f64
            optimizer = lamb(lr: 1e-2, weight_decay: 0.1)
          }
          """);

  private static Checked<Compilation> compiled(PlanChoice plan) {
    return Compilation.of(MODEL, Options.NONE, plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dp=2,zero=1",
        "dp=2,zero=2,micro=2",
        "dp=2,tp=2,zero=3",
        "tp=4",
        "dp=2,pp=2,zero=1,micro=2"
      })
  void everyLayerHasANormOfItsOwn(String plan) {
    var check =
        Training.proved(3).run(compiled(PlanChoice.knobs(plan)).orThrow()).orThrow().check();
    assertThat(check.orElseThrow().passed()).as("%s", check).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "depth"})
  void noStackOfLayersIsCut(String axis) {
    var plan =
        """
        { "version": 1, "mesh": { "dp": 2 }, "shard": [ { "axis": "%s", "over": ["dp"] } ] }
        """;
    var text = new Source("plan.json", plan.formatted(axis));
    var step = compiled(PlanChoice.json(text)).then(Compilation::step);
    assertThat(step.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo(ShardCode.LOOP_AXIS))
        .satisfies(d -> assertThat(d.message()).contains("`" + axis + "`"));
  }

  @Test
  void bothAxesOfAStackCountLayers() {
    var optimizer = compiled(PlanChoice.SERIAL).orThrow().model().recipe().optimizer();
    assertThat(optimizer).isInstanceOf(OptimizerSpec.Lamb.class);
    assertThat(((OptimizerSpec.Lamb) optimizer).stacks())
        .isEqualTo(Map.of("outer.inner.up", 2, "outer.inner.down", 2));
  }
}
