package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnobsTextTest {
  @Test
  void oneDeviceNeedsNoText() {
    assertThat(KnobsText.of(Knobs.SERIAL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dp=2",
        "pp=4,schedule=zb-h1,chunks=2,dp=2,tp=4,sp,micro=8,zero=1,remat=selective",
        "pp=2",
        "dp=8,zero=3,hybrid=4,remat=full,offload=optimizer+params,prefetch=off",
        "dp=2,zero=3,offload=params,cache=1000",
        "dp=2,zero=3,offload=params+activations,cache=peak:1000",
        "tp=2,remat=budget:1000",
      })
  void whatIsWrittenIsReadAgain(String text) {
    var knobs = KnobsParser.parse(new Source("knobs", text)).orThrow();
    assertThat(KnobsText.of(knobs)).isEqualTo(text);
  }
}
