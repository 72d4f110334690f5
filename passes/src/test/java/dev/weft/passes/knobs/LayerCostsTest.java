package dev.weft.passes.knobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.Knobs;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.core.Programs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerCostsTest {
  private static final OptimizerSpec ADAM =
      new OptimizerSpec.Adam(1e-3, 0.9, 0.99, 1e-8, 0, AdamUpdate.Decay.DECOUPLED);

  /** Products of 32 tokens with 16 x 32 numbers; tables of 256 x 16 and 4 x 16 numbers. */
  @Test
  void embeddingAndHeadStandBesideTheLayers() {
    var costs = LayerCosts.of(Programs.function(Programs.MLP), TensorType::bytes);
    assertThat(costs.layers()).hasSize(4).containsOnly(costs.layers().getFirst());
    assertThat(costs.layers().getFirst().bytes()).isEqualTo(8 * 2 * 16 * 32);
    assertThat(costs.layers().getFirst().flops())
        .isBetween(2 * 2L * 32 * 16 * 32, 2 * 2L * 32 * 16 * 32 + 32 * 16 * 30);
    assertThat(costs.first().bytes()).isEqualTo(8 * (256 * 16 + 4 * 16));
    assertThat(costs.last().bytes()).isEqualTo(8 * 256 * 16);
    assertThat(costs.last().flops()).isGreaterThanOrEqualTo(2L * 32 * 16 * 256);
    assertThat(costs.first().flops()).isLessThan(costs.layers().getFirst().flops() / 10);
    assertThat(costs.everywhereBytes()).isZero();
  }

  /** What follows a repeat counts with its last layer, what precedes one with its first. */
  @Test
  void whatStandsBetweenCountsWithANeighbour() {
    var costs = LayerCosts.of(Programs.function(BETWEEN), TensorType::bytes);
    assertThat(costs.layers())
        .containsExactly(
            new LayerCost(32, 32),
            new LayerCost(32 + 32, 32 + 32),
            new LayerCost(32 + 4, 32 + 32),
            new LayerCost(32, 32));
    assertThat(costs.first()).isEqualTo(LayerCost.NONE);
    assertThat(costs.last().bytes()).isZero();
    assertThat(costs.everywhereBytes()).isEqualTo(32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 64 x 16 numbers
        "tp=1|F32|16384",
        "tp=1|BF16|16384",
        "tp=1|F64|32768",
        "tp=4|F32|4096",
        "dp=2,zero=1|F32|12288",
        "dp=2,zero=2|F32|10240",
        "dp=2,zero=3|F32|8192",
        "dp=4,zero=3,hybrid=2|F32|8192",
        "offload=optimizer|F32|8192",
        "offload=params|F32|12288",
      })
  void weightsAreHeldWithGradientAndState(String knobs, DType precision, long bytes) {
    assertThat(held(knobs, Optional.of(ADAM)).bytes(weight(precision))).isEqualTo(bytes);
  }

  @Test
  void theOptimizerDecidesTheState() {
    var weight = weight(DType.F32);
    assertThat(held("dp=1", Optional.empty()).bytes(weight)).isEqualTo(4096);
    var plain = new OptimizerSpec.Sgd(0.1, 0);
    assertThat(held("dp=1", Optional.of(plain)).bytes(weight)).isEqualTo(8192);
    var momentum = new OptimizerSpec.Sgd(0.1, 0.9);
    assertThat(held("dp=1", Optional.of(momentum)).bytes(weight)).isEqualTo(12288);
  }

  private static TensorType weight(DType precision) {
    return TensorType.of(precision, new Dim("ffn", 64), new Dim("model", 16));
  }

  private static HeldWeights held(String text, Optional<OptimizerSpec> optimizer) {
    Knobs knobs = KnobsParser.parse(new Source("--plan", text)).orThrow();
    var mesh = new Mesh(List.of(new MeshAxis("dp", knobs.dp()), new MeshAxis("tp", knobs.tp())));
    var rules =
        List.of(
            new AxisRule("batch", List.of("dp"), AxisRule.Scope.ALL, ""),
            new AxisRule("ffn", List.of("tp"), AxisRule.Scope.ALL, ""),
            new AxisRule("model", List.of("tp"), AxisRule.Scope.ACTIVATIONS, ""));
    return new HeldWeights(knobs, optimizer, rules, mesh);
  }

  private static final String BETWEEN =
      """
      mesh []

      func @model(
        %w: f64[encoders=2, d=4] weight("w", normal 0.02),
        %v: f64[decoders=2, d=4] weight("v", normal 0.02),
        %t: f64[d=4] weight("t", normal 0.02),
        %s: f64[d=4] weight("s", normal 0.02),
        %q: f64[d=4] weight("q", normal 0.02),
        %x: f64[batch=8, d=4] data("x")
      ) {
        %y = repeat %x;; %w {label=encoder, axis=encoders=2, direction=forward} (
          %a: f64[batch=8, d=4],
          %u: f64[d=4]
        ) {
          %b = mul %a, %u : f64[batch=8, d=4]
          yield %b
        } : f64[batch=8, d=4]
        %m = mul %y, %t : f64[batch=8, d=4]
        %n = mul %q, %q : f64[d=4]
        %z = repeat %m; %n, %s; %v {label=decoder, axis=decoders=2, direction=forward} (
          %a2: f64[batch=8, d=4],
          %n2: f64[d=4],
          %s2: f64[d=4],
          %u2: f64[d=4]
        ) {
          %b2 = mul %a2, %u2 : f64[batch=8, d=4]
          yield %b2
        } : f64[batch=8, d=4]
        %l = reduce %z {function=mean, axes=[batch, d], count=32} : f64[]
        return loss("loss") %l
      }
      """;
}
