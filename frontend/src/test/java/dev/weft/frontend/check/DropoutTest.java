package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.Dropout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dropout, its keys, and parameters that are numbers. */
class DropoutTest {
  private static final String FILE =
      """
      model m(layers = 2, model = 4, rate = 0.25, hidden = 0.0) {
        axis batch = 3
        input x: float[batch, model]
        x = dropout(x, rate: hidden)
        repeat layers as blocks {
          x = half(half(x))
        }
        loss = mean(dropout(x, rate: rate / 2))
      }
      block half(x[..., model], rate = 0.5) -> [..., model] {
        return dropout(x, rate: rate)
      }
      preset none { rate = 0, hidden = 2 * rate }
      """;

  @Test
  void eachUseHasASiteOfItsOwn() {
    var model = Small.check(FILE, Options.NONE);
    var body = model.module().only().body();
    assertThat(dropouts(body)).containsExactly(new Dropout(0.125, 3));
    assertThat(dropouts(body.nodes().get(2).bodies().getFirst()))
        .containsExactly(new Dropout(0.5, 1), new Dropout(0.5, 2));
  }

  @Test
  void aRateOfZeroLeavesNothing() {
    var model = Small.check(FILE, Options.preset("none"));
    var body = model.module().only().body();
    assertThat(dropouts(body)).isEmpty();
  }

  @Test
  void numbersMayBeSet() {
    var options = Options.preset("none").with("hidden", "1 / model").with("rate", "0.5");
    var body = Small.check(FILE, options).module().only().body();
    assertThat(dropouts(body)).containsExactly(new Dropout(0.25, 0), new Dropout(0.25, 3));
  }

  @Test
  void keysAreThoseOfTheStepAndTheIterationsAround() {
    assertThat(
            Small.code(
                """
                repeat heads as outer {
                  repeat 2 as inner { x = dropout(x, rate: 0.1) }
                }
                loss = mean(x)
                """))
        .contains(
            "%heads.index = iota {axis=heads=2, offset=[]} : i32[heads=2]",
            "%inner.index = iota {axis=inner=2, offset=[]} : i32[inner=2]")
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "%x.* = dropout %x.*, %step.key.*, %heads.index.*, %inner.index.*,"
                            + " %batch.position.*, %seq.position.*, %model.position.* .rate=0.1,"
                            + " site=0. : .*"));
  }

  @Test
  void positionsOfTheBatchAreAnInput() {
    var model = Small.check(FILE, Options.NONE);
    assertThat(model.module().only().inputs())
        .filteredOn(port -> port instanceof Port.Data)
        .extracting(port -> ((Port.Data) port).feed())
        .containsExactly(
            new Port.Feed.Synthetic(), new Port.Feed.StepKey(), new Port.Feed.Positions());
  }

  @Test
  void attentionWithDropoutIsWrittenOut() {
    var code = Small.code("loss = mean(attend(x, x, x, over: seq, causal: true, dropout: 0.1))");
    assertThat(code.stream().map(line -> line.replaceAll(".* = (\\w+) .*", "$1")))
        .containsSubsequence(
            "contract", "affine", "causal_mask", "softmax", "dropout", "contract", "reduce");
  }

  @Test
  void groupedQueriesShareAKeyHead() {
    var code =
        Small.code(
            """
            axis kv = 1
            param wq: [model, heads, key], wk: [model, kv, key]
            q[batch, seq, heads, key] = x * wq
            k[batch, seq, kv, key] = x * wk
            loss = mean(attend(q, k, k, over: seq, on: key, dropout: 0.1))
            """);
    assertThat(String.join("\n", code))
        .contains(
            "split %q {axis=heads, dims=[kv=1, heads_group=2]}",
            "contract %q.1, %k.1 {axes=[batch, kv, heads_group, seq, seq_source]}",
            "merge %contract.1 {axes=[kv, heads_group], axis=heads}");
  }

  private static List<Dropout> dropouts(Block block) {
    return block.nodes().stream()
        .filter(n -> n.op() instanceof Dropout)
        .map(n -> (Dropout) n.op())
        .toList();
  }
}
