package dev.weft.ir.op;

import static dev.weft.ir.op.OpSamples.dim;
import static dev.weft.ir.op.OpSamples.f64;
import static dev.weft.ir.op.OpSamples.i32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Factor;
import dev.weft.ir.graph.Factor.Kind;
import dev.weft.ir.graph.Factors;
import dev.weft.ir.graph.Op;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.type.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactorMapTest {
  @Test
  void aContractionSumsWhatTheResultDoesNotBear() {
    var factors = factors(new Contract(List.of("b", "h")), f64("b=2", "m=4"), f64("m=4", "h=6"));
    assertThat(factors.all())
        .containsExactly(
            new Factor("b", Kind.PARALLEL, 2, Combine.SUM),
            new Factor("m", Kind.REDUCE, 4, Combine.SUM),
            new Factor("h", Kind.PARALLEL, 6, Combine.SUM));
    assertThat(text(factors)).isEqualTo("[b][m], [m][h] -> [b][h]");
    assertThat(factors.volume()).isEqualTo(48);
  }

  @Test
  void aSplitDimensionWalksTheNewFactors() {
    var factors = factors(new Split("h", List.of(dim("kv=2"), dim("g=4"))), f64("b=3", "h=8"));
    assertThat(text(factors)).isEqualTo("[b][kv g] -> [b][kv][g]");
    assertThat(factors.get("kv")).isEqualTo(new Factor("kv", Kind.PARALLEL, 2, Combine.SUM));
  }

  @Test
  void aMergedDimensionWalksTheOldFactors() {
    var factors = factors(new Merge(List.of("kv", "g"), "h"), f64("b=3", "kv=2", "g=4"));
    assertThat(text(factors)).isEqualTo("[b][kv][g] -> [b][kv g]");
    assertThat(factors.all()).extracting(Factor::kind).containsOnly(Kind.PARALLEL);
  }

  @Test
  void groupedQueryHeadsWalkKeyHeadAndGroup() {
    var factors =
        factors(
            new Attention(OpSamples.grouped()),
            f64("batch=2", "q=3", "h=4", "key=8"),
            f64("batch=2", "s=5", "kv=2", "key=8"),
            f64("batch=2", "s=5", "kv=2", "value=6"));
    assertThat(text(factors))
        .isEqualTo(
            "[batch][q][kv group][key], [batch][s][kv][key], [batch][s][kv][value]"
                + " -> [batch][q][kv group][value], [batch][q][kv group]");
    assertThat(factors.get("kv").size()).isEqualTo(2);
    assertThat(factors.get("group").size()).isEqualTo(2);
    assertThat(factors.get("group").kind()).isEqualTo(Kind.PARALLEL);
    assertThat(factors.get("s").kind()).isEqualTo(Kind.GATHER);
    assertThat(factors.get("q").kind()).isEqualTo(Kind.PARALLEL);
  }

  @Test
  void theGradientOfAKeyHeadSumsOverItsGroup() {
    var q = f64("q=3", "h=4", "key=8");
    var k = f64("s=5", "kv=2", "key=8");
    var v = f64("s=5", "kv=2", "value=6");
    var o = f64("q=3", "h=4", "value=6");
    var grad = new AttentionGrad(OpSamples.grouped());
    var factors = factors(grad, q, k, v, o, f64("q=3", "h=4"), o);
    assertThat(factors.get("group").kind()).isEqualTo(Kind.REDUCE);
    assertThat(factors.resultWalks(0, "group")).isTrue();
    assertThat(factors.resultWalks(1, "group")).isFalse();
  }

  @Test
  void aCausalMaskNeedsTheQueriesWhole() {
    var shape = new AttentionShape("q", "s", "key", "value", "", "", AttentionShape.Mask.CAUSAL, 1);
    var factors =
        factors(
            new Attention(shape), f64("q=3", "key=8"), f64("s=5", "key=8"), f64("s=5", "value=6"));
    assertThat(factors.get("q").kind()).isEqualTo(Kind.GATHER);
  }

  @Test
  void aMaximumCombinesByMaximum() {
    var factors = factors(new Reduce(ReduceFunction.MAX, List.of("b"), 3), f64("a=2", "b=3"));
    assertThat(factors.get("b")).isEqualTo(new Factor("b", Kind.REDUCE, 3, Combine.MAX));
    assertThat(factors.get("a").kind()).isEqualTo(Kind.PARALLEL);
  }

  @Test
  void aTableIsSummedOverItsRows() {
    var factors = factors(Lookup.WHOLE, f64("vocab=5", "m=4"), i32("batch=2"));
    assertThat(text(factors)).isEqualTo("[vocab][m], [batch] -> [batch][m]");
    assertThat(factors.get("vocab").kind()).isEqualTo(Kind.REDUCE);
  }

  @Test
  void aRenamedAxisWalksItsOldFactor() {
    assertThat(text(factors(new Rename("a", "z"), f64("a=2", "b=3"))))
        .isEqualTo("[a][b] -> [a][b]");
  }

  @Test
  void aSoftmaxAxisMustBeWhole() {
    var factors = factors(new Softmax("b"), f64("a=2", "b=3"));
    assertThat(factors.get("b").kind()).isEqualTo(Kind.GATHER);
    assertThat(factors.get("a").kind()).isEqualTo(Kind.PARALLEL);
  }

  /** Where dimensions walk factors, their sizes are the product of the factors' sizes. */
  @ParameterizedTest
  @MethodSource("dev.weft.ir.op.OpSamples#all")
  void sizesAreProductsOfFactors(OpSamples.Sample sample) {
    var typing = sample.op().typing(sample.operands(), sample.bodies());
    var factors = typing.factors();
    assertThat(factors.operands()).hasSameSizeAs(sample.operands());
    assertThat(factors.results()).hasSameSizeAs(typing.results());
    var sizes = new HashMap<String, Long>();
    factors.all().forEach(f -> assertThat(sizes.put(f.name(), f.size())).isNull());
    IntStream.range(0, sample.operands().size())
        .forEach(
            i ->
                assertProduct(sample.operands().get(i), factors.operands().get(i), sizes, factors));
    IntStream.range(0, typing.results().size())
        .forEach(
            i -> assertProduct(typing.results().get(i), factors.results().get(i), sizes, factors));
  }

  private static void assertProduct(
      TensorType type, List<List<String>> walks, HashMap<String, Long> sizes, Factors factors) {
    assertThat(walks).hasSize(type.rank());
    for (int d = 0; d < type.rank(); d++) {
      boolean whole = walks.get(d).stream().anyMatch(f -> factors.get(f).kind() == Kind.GATHER);
      long product = walks.get(d).stream().mapToLong(sizes::get).reduce(1, (a, b) -> a * b);
      if (!whole) {
        assertThat(product).as(type.dims().get(d).toString()).isEqualTo(type.dims().get(d).size());
      }
    }
  }

  private static Factors factors(Op op, TensorType... operands) {
    return op.typing(Arrays.asList(operands)).factors();
  }

  /** Such as {@code [b][m], [m][h] -> [b][h]}. */
  private static String text(Factors factors) {
    return tensors(factors.operands()) + " -> " + tensors(factors.results());
  }

  private static String tensors(List<List<List<String>>> tensors) {
    return String.join(
        ", ",
        tensors.stream()
            .map(
                t -> String.join("", t.stream().map(d -> "[" + String.join(" ", d) + "]").toList()))
            .toList());
  }
}
