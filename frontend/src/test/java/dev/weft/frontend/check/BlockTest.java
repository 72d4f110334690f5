package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Port;
import org.junit.jupiter.api.Test;

/** What a call of a block means. */
class BlockTest {
  @Test
  void formalsAreBoundByPosition() {
    assertThat(
            Small.code(
                "loss = mean(f(x, heads, shift: 2))",
                """
                block f(a[..., last], to: axis, scale = 3, shift = 0) -> [..., to] {
                  param w: [last, to] = normal(scale)
                  return a * w + shift * scale
                }
                """))
        .startsWith(
            "%product = contract %x, %f.w {axes=[batch, seq, heads]} : f32[batch=4, seq=6,"
                + " heads=2]",
            "%f = affine %product {scale=1.0, shift=6.0} : f32[batch=4, seq=6, heads=2]");
  }

  @Test
  void aBlockOfTheFileHidesTheLibraryAndWhatIsBuiltIn() {
    var module =
        Small.module(
            "loss = mean(softmax(layer_norm(relu(x))))",
            """
            block layer_norm(a[...]) { return a + 1 }
            block softmax(a[...]) { return a + 2 }
            block relu(a[...]) { return a + 3 }
            """);
    assertThat(Small.ops(module.only().body())).isEqualTo("affine affine affine reduce");
  }

  @Test
  void theNamesOfABlockHideThoseOfTheModel() {
    assertThat(
            Small.code(
                "loss = mean(f(x))",
                "block f(a[..., last]) { param vocab: [last]  return a * vocab }"))
        .startsWith("%f = mul %x, %f.vocab : f32[batch=4, seq=6, model=8]");
  }

  @Test
  void anAxisOfABlockIsOneAxisInCallsOfOneSizeAndOthersInOthers() {
    var module =
        Small.module(
            "loss = mean(f(x, heads)) + mean(f(x, heads)) + mean(f(x, key))",
            """
            block f(a[..., last], unit: axis) -> [..., hidden] {
              axis hidden = 2 * unit
              param w: [last, hidden]
              return a * w
            }
            """);
    var weights = module.only().inputIndices(Port.Weight.class);
    assertThat(weights.stream().map(i -> module.only().body().params().get(i).type().toString()))
        .containsExactly(
            "f32[model=8, hidden=4]", "f32[model=8, hidden=4]", "f32[model=8, hidden_2=8]");
  }

  @Test
  void aMistakeInABlockNamesTheFirstCall() {
    var mistake =
        Mistake.body(
            CheckCode.UNKNOWN_NAME,
            "x = f(x) + f(x)",
            "block f(a[...]) { return a + nothing }",
            "");
    var found = mistake.check().diagnostics();
    assertThat(found).hasSize(1);
    var call = found.getFirst().notes().getLast();
    assertThat(call.message()).isEqualTo("in this call of `f`");
    assertThat(call.span().start())
        .isEqualTo(found.getFirst().span().source().text().indexOf("f(x)"));
  }
}
