package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The nodes of built-in functions. */
class BuiltinTest {
  private static final String HEADS =
      """
      axis kv = 1
      param wq: [model, heads, key], wk: [model, kv, key]
      q[batch, seq, heads, key] = x * wq
      k[batch, seq, kv, key] = x * wk
      """;

  @Test
  void selfAttentionGivesTheKeysAnAxisOfTheirOwn() {
    assertThat(
            Small.code(HEADS + "loss = mean(attend(q, k, k, over: seq, causal: true, scale: 1))"))
        .contains(
            "%k.1 = rename %k {from=seq, to=seq_source}"
                + " : f32[batch=4, seq_source=6, kv=1, key=4]",
            "%attend, %attend_1 = attention %q, %k.1, %k.2 {shape={query=seq, source=seq_source,"
                + " key=key, value=key, heads=heads, kvHeads=kv, mask=causal, scale=1.0}}"
                + " : f32[batch=4, seq=6, heads=2, key=4], f32[batch=4, seq=6, heads=2]");
  }

  @Test
  void crossAttentionKeepsTheAxes() {
    var code =
        Small.code(
            HEADS
                + """
                axis past = 3
                param old: [batch, past, heads, key], bias: [heads, seq, past]
                loss = mean(attend(q, old, old, over: past, on: key, bias: bias)) + mean(k)
                """);
    assertThat(code)
        .contains(
            "%attend, %attend_1 = attention %q, %old, %old, %bias {shape={query=seq, source=past,"
                + " key=key, value=key, heads=heads, kvHeads=heads, mask=none, scale=0.5}}"
                + " : f32[batch=4, seq=6, heads=2, key=4], f32[batch=4, seq=6, heads=2]");
  }

  @Test
  void aQueryAxisMayBeNamedWhereHeadsAreGrouped() {
    var code =
        Small.code(
            HEADS
                + """
                axis past = 3
                param old: [batch, past, kv, key]
                loss = mean(attend(q, old, old, over: past, query: seq)) + mean(k)
                """);
    assertThat(String.join("\n", code)).contains("query=seq, source=past", "kvHeads=kv");
  }

  @Test
  void anEntryAlongAnAxis() {
    assertThat(Small.code("loss = mean(at(x, seq, 2))"))
        .startsWith(
            "%slice = slice %x {axis=seq, start=2, to=seq_at=1} : f32[batch=4, seq_at=1, model=8]",
            "%at = reduce %slice {function=sum, axes=[seq_at], count=1} : f32[batch=4, model=8]");
  }

  @Test
  void whatIsChosenIsGatheredAndPutBack() {
    assertThat(
            Small.code(
                """
                axis slots = 2
                best = top(x, count: 3, over: model)
                slot = nonzero(best, over: seq, as: slots)
                y = gather(x, slot, over: seq)
                loss = mean(scatter(y, slot, over: [slots, model], as: seq))
                """))
        .startsWith(
            "%best = top_k %x, %x {axis=model, count=3} : f32[batch=4, seq=6, model=8]",
            "%slot = nonzero %best {axis=seq, slots=slots=2} : i32[batch=4, slots=2, model=8]",
            "%y = gather %x, %slot {axis=seq} : f32[batch=4, slots=2, model=8]",
            "%scatter = scatter %y, %slot {axis=seq=6, axes=[batch, seq]} : f32[batch=4, seq=6]");
  }

  @Test
  void otherScoresMayChoose() {
    assertThat(Small.code("loss = mean(top(x, count: 1, over: seq, by: square(x)))"))
        .contains("%top = top_k %x, %square {axis=seq, count=1} : f32[batch=4, seq=6, model=8]");
  }

  @Test
  void axesAreSplitAndMergedWhereverTheyAre() {
    assertThat(
            Small.code(
                """
                axis flat = key * seq
                y = split(x, model, as: [heads, key])
                loss = mean(merge(y, [key, seq], as: flat))
                """))
        .startsWith(
            "%y = split %x {axis=model, dims=[heads=2, key=4]} : f32[batch=4, seq=6, heads=2,"
                + " key=4]",
            "%y.1 = transpose %y {axes=[batch, heads, key, seq]}"
                + " : f32[batch=4, heads=2, key=4, seq=6]",
            "%merge = merge %y.1 {axes=[key, seq], axis=flat} : f32[batch=4, heads=2, flat=24]");
  }

  @Test
  void whatIsJoinedIsRepeatedAlongTheAxesOfTheOther() {
    assertThat(
            Small.code(
                """
                axis one = 1
                axis longer = seq + one
                param token: [model, one]
                loss = mean(concat(token, x, over: [one, seq], as: longer))
                """))
        .startsWith(
            "%token.1 = broadcast %token {dims=[batch=4, one=1, model=8]}"
                + " : f32[batch=4, one=1, model=8]",
            "%concat = concat %token.1, %x {from=[one, seq], to=longer}"
                + " : f32[batch=4, longer=7, model=8]");
  }

  @Test
  void everyOtherFunction() {
    var module =
        Small.module(
            """
            input ids: i32[batch, seq] in model
            param table: [vocab, heads]
            a = softmax(x, over: seq)
            b = normalize(x, over: model, centered: false)
            c = rotary(x, over: seq)
            d = cross_entropy(x, ids, over: model)
            e = table[relative_bucket(seq, batch, buckets: 16, bidirectional: false)]
            f = table[position(heads)[heads as rows]]
            loss = max(a + b + c) + mean(d) + sum(e) + mean(f, over: [rows, heads])
            """,
            "");
    assertThat(Small.ops(module.only().body()))
        .isEqualTo(
            "softmax normalize iota rope cross_entropy iota iota relative_bucket lookup iota rename"
                + " lookup add add reduce reduce reduce reduce add add add");
  }
}
