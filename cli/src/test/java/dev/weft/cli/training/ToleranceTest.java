package dev.weft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import dev.weft.ir.type.DType;
import org.junit.jupiter.api.Test;

/** What rounding alone may do; depths are counted by hand. */
class ToleranceTest {
  @Test
  void itIsAsManyRoundoffsInFloat32AsInFloat64() {
    assertThat(Tolerance.of(DType.F64, 10, 1) / Math.ulp(0.5)).isBetween(9000.0, 9010.0);
    assertThat(Tolerance.of(DType.F32, 10, 1) / Math.ulp(0.5f)).isBetween(9000.0, 9010.0);
  }

  @Test
  void in16BitsItGrowsWithTheRootOfTheRoundings() {
    assertThat(Tolerance.of(DType.BF16, 5, 1)).isEqualTo(4 * 0x1p-8);
    assertThat(Tolerance.of(DType.F16, 5, 1)).isEqualTo(4 * 0x1p-11);
    assertThat(Tolerance.of(DType.F16, 20, 4)).isEqualTo(8 * 0x1p-11);
  }

  /** What only moves does not round; two branches count as the longer one. */
  @Test
  void aStraightLine() {
    var function =
        parsed(
            """
            func @f(%a: f16[x=4, y=2] weight("a", constant 0.0)) {
              %b = tanh %a : f16[x=4, y=2]
              %c = rename %b {from=x, to=z} : f16[z=4, y=2]
              %d = merge %c {axes=[z, y], axis=w} : f16[w=8]
              %e = exp %d : f16[w=8]
              %s = exp %a : f16[x=4, y=2]
              return output("e") %e, output("s") %s
            }
            """);
    assertThat(RoundingDepth.of(function)).isEqualTo(2);
  }

  @Test
  void everyIterationRounds() {
    var function =
        parsed(
            """
            func @f(%a: f16[x=4] weight("a", constant 0.0)) {
              %b = repeat %a;; {label=l, axis=n=3, direction=forward} (
                %c: f16[x=4]
              ) {
                %d = tanh %c : f16[x=4]
                %e = mul %d, %c : f16[x=4]
                yield %e
              } : f16[x=4]
              %g = exp %b : f16[x=4]
              return output("g") %g
            }
            """);
    assertThat(RoundingDepth.of(function)).isEqualTo(3 * 2 + 1);
  }

  private static Function parsed(String text) {
    return Parser.parse(new Source("f.ir", text)).orThrow().only();
  }
}
