package dev.weft.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final Dim BATCH = new Dim("batch", 2);
  private static final Dim SEQ = new Dim("seq", 3);

  private final Builder builder = new Builder();
  private final List<Port> ports = new ArrayList<>();

  @Test
  void syntheticInputsFollowFromSeedStepAndName() {
    data("x", DType.F64, OptionalLong.empty(), OptionalInt.empty());
    data("tokens", DType.I32, OptionalLong.of(5), OptionalInt.empty());
    var batch = Batches.synthetic(function(), 10).batch(3);
    var x = new Randoms(13, "data/x");
    var tokens = new Randoms(13, "data/tokens");
    assertThat(batch.keySet()).containsExactly("x", "tokens");
    for (int i = 0; i < 6; i++) {
      assertThat(named(batch, "x").get(i)).isEqualTo(x.normal(i));
      assertThat(named(batch, "tokens").getInt(i))
          .isEqualTo((int) tokens.below(5, i))
          .isBetween(0, 4);
    }
  }

  @Test
  void positionsCountTheWholeBatch() {
    builder.param("p", TensorType.of(DType.I32, BATCH));
    ports.add(new Port.Data("p", OptionalLong.empty(), new Port.Feed.Positions()));
    assertThat(named(Batches.synthetic(function(), 1).batch(7), "p").toArray())
        .containsExactly(0, 1);
  }

  @Test
  void theKeyFollowsFromSeedAndStep() {
    builder.param("k", TensorType.scalar(DType.I32));
    ports.add(new Port.Data("k", OptionalLong.empty(), new Port.Feed.StepKey()));
    var keys = new HashSet<Double>();
    for (int seed = 0; seed < 10; seed++) {
      for (int step = 1; step <= 10; step++) {
        double key = named(Batches.synthetic(function(), seed).batch(step), "k").scalar();
        assertThat(key).isEqualTo(new Randoms(seed, "data/k").bits(step) >>> 33);
        keys.add(key);
      }
    }
    assertThat(keys).hasSize(100);
  }

  /** 11 bytes, windows of 3, greatest shift 1: windows begin at multiples of 3 modulo 7. */
  @Test
  void textIsReadWindowByWindow() {
    data("tokens", DType.I32, OptionalLong.of(256), OptionalInt.of(0));
    data("labels", DType.I32, OptionalLong.of(256), OptionalInt.of(1));
    var batches = Batches.text(function(), 0, "abcdefghijk".getBytes(StandardCharsets.UTF_8));
    assertThat(text(batches, 1, "tokens")).isEqualTo("abc" + "def");
    assertThat(text(batches, 1, "labels")).isEqualTo("bcd" + "efg");
    assertThat(text(batches, 2, "tokens")).isEqualTo("ghi" + "cde");
    assertThat(text(batches, 2, "labels")).isEqualTo("hij" + "def");
  }

  @Test
  void bytesAreUnsigned() {
    data("tokens", DType.I32, OptionalLong.of(256), OptionalInt.of(0));
    var batch = Batches.text(function(), 0, new byte[] {-1, -2, -3, -4}).batch(1);
    assertThat(named(batch, "tokens").getInt(0)).isEqualTo(255);
  }

  @Test
  void theShortestText() {
    data("tokens", DType.I32, OptionalLong.of(256), OptionalInt.of(0));
    data("labels", DType.I32, OptionalLong.of(256), OptionalInt.of(2));
    assertThat(Batches.shortestText(function())).isEqualTo(6);
    assertThat(Batches.text(function(), 0, new byte[6]).batch(1)).hasSize(2);
    assertThatThrownBy(() -> Batches.text(function(), 0, new byte[5]))
        .hasMessage("5 bytes of text; batches need 6");
  }

  @Test
  void weightsFollowFromSeedAndPath() {
    weight("n", new Init.Normal(0.02));
    weight("u", new Init.Uniform(0.5));
    weight("c", new Init.Constant(1));
    var weights = Weights.initial(function(), 4);
    for (int i = 0; i < 6; i++) {
      assertThat(named(weights, "n").get(i)).isEqualTo(0.02 * new Randoms(4, "n").normal(i));
      assertThat(named(weights, "u").get(i))
          .isEqualTo(0.5 * (2 * new Randoms(4, "u").uniform(i) - 1));
      assertThat(named(weights, "c").get(i)).isEqualTo(1);
    }
  }

  private static Tensor named(Map<String, Tensor> tensors, String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow();
  }

  private static String text(Batches batches, long step, String input) {
    var tensor = named(batches.batch(step), input);
    return IntStream.range(0, tensor.size())
        .map(tensor::getInt)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void data(String name, DType dtype, OptionalLong bound, OptionalInt shift) {
    builder.param(name, TensorType.of(dtype, BATCH, SEQ));
    ports.add(new Port.Data(name, bound, shift));
  }

  private void weight(String name, Init init) {
    builder.param(name, TensorType.of(DType.F64, BATCH, SEQ));
    ports.add(new Port.Weight(name, init));
  }

  private Function function() {
    return new Function("whole", ports, builder.build(List.of()), List.of());
  }
}
