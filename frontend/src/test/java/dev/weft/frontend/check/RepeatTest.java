package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Port;
import org.junit.jupiter.api.Test;

/** A repeat is one region: carried values, invariants, and a slice of each parameter. */
class RepeatTest {
  @Test
  void carriesWhatItRebindsAndReceivesWhatItReads() {
    assertThat(
            Small.code(
                """
                param shared: [model]
                y = x + 1
                repeat heads as blocks {
                  param own: [model]
                  local = y * own
                  y = local + shared
                }
                loss = mean(y)
                """))
        .containsExactly(
            "%y = affine %x {scale=1.0, shift=1.0} : f32[batch=4, seq=6, model=8]",
            "%y.1 = repeat %y; %shared; %blocks.own {label=blocks, axis=heads=2, direction=forward}"
                + " (",
            "%y.2: f32[batch=4, seq=6, model=8],",
            "%shared.1: f32[model=8],",
            "%own: f32[model=8]",
            ") {",
            "%local = mul %y.2, %own : f32[batch=4, seq=6, model=8]",
            "%y.3 = add %local, %shared.1 : f32[batch=4, seq=6, model=8]",
            "yield %y.3",
            "} : f32[batch=4, seq=6, model=8]",
            "%loss = reduce %y.1 {function=mean, axes=[batch, seq, model], count=192} : f32[]");
  }

  @Test
  void nestedParametersAreStackedFromTheOutside() {
    var module =
        Small.module(
            """
            y = x + 1
            repeat heads as outer { repeat 3 as inner { param w: [model]  y = y * w } }
            loss = mean(y)
            """,
            "");
    var function = module.only();
    assertThat(function.inputs().getFirst().name()).isEqualTo("outer.inner.w");
    assertThat(function.body().params().getFirst().type())
        .hasToString("f32[heads=2, inner=3, model=8]");
  }

  @Test
  void anotherOrderOfAxesIsPutBack() {
    assertThat(
            Small.code(
                """
                y = x + 1
                repeat heads { y[seq, batch, model] = 2 * y }
                loss = mean(y)
                """))
        .contains(
            "%y.5 = transpose %y.4 {axes=[batch, seq, model]} : f32[batch=4, seq=6, model=8]");
  }

  @Test
  void aNumberMayBeCarried() {
    assertThat(Small.code("s = 0  repeat heads { s = s + mean(x) }  loss = s"))
        .startsWith("%s = fill {value=0.0, type=f32[]} : f32[]");
  }

  @Test
  void thePathsOfRepeatsAndCallsAreUnique() {
    var module =
        Small.module(
            """
            y = x + 1
            repeat heads { y = y + layer_norm(rms_norm(rms_norm(y))) }
            repeat heads { y = y + rms_norm(y) }
            loss = mean(layer_norm(y))
            """,
            "");
    assertThat(module.only().inputs().stream().filter(Port.Weight.class::isInstance))
        .extracting(Port::name)
        .containsExactly(
            "heads.rms_norm.gain",
            "heads.rms_norm_2.gain",
            "heads.layer_norm.gain",
            "heads.layer_norm.bias",
            "heads_2.rms_norm.gain",
            "layer_norm.gain",
            "layer_norm.bias");
  }
}
