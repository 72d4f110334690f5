package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The whole batch of every step: synthetic, or read from a text for the inputs that text feeds. */
public final class Batches {
  private final Function whole;
  private final long seed;
  private final Optional<TextFeed> text;

  private Batches(Function whole, long seed, Optional<TextFeed> text) {
    this.whole = whole;
    this.seed = seed;
    this.text = text;
  }

  /**
   * Random batches.
   *
   * @param whole a function on the whole batch
   */
  public static Batches synthetic(Function whole, long seed) {
    return new Batches(whole, seed, Optional.empty());
  }

  /**
   * Batches from a text, whose bytes are the tokens.
   *
   * @throws IllegalArgumentException when the text is too short; see {@link #shortestText}
   */
  public static Batches text(Function whole, long seed, byte[] bytes) {
    return new Batches(whole, seed, Optional.of(new TextFeed(whole, bytes)));
  }

  /** Whether text feeds any input. */
  public static boolean readsText(Function whole) {
    return whole.inputs().stream().anyMatch(Batches::isFedByText);
  }

  /** The least number of bytes from which batches can be made. */
  public static long shortestText(Function whole) {
    return TextFeed.shortest(whole);
  }

  /** The inputs by name at a step, counted from 1. */
  public Map<String, Tensor> batch(long step) {
    var batch = new LinkedHashMap<String, Tensor>();
    for (int i : whole.inputIndices(Port.Data.class)) {
      var port = (Port.Data) whole.inputs().get(i);
      batch.put(port.name(), input(port, whole.body().params().get(i).type(), step));
    }
    return batch;
  }

  private Tensor input(Port.Data port, TensorType type, long step) {
    return switch (port.feed()) {
      case Port.Feed.Positions _ -> Tensor.generate(type, i -> i);
      case Port.Feed.StepKey _ ->
          Tensor.generate(type, _ -> new Randoms(seed, "data/" + port.name()).bits(step) >>> 33);
      case Port.Feed.Text(int shift) when text.isPresent() -> text.get().read(type, step, shift);
      case Port.Feed.Text _, Port.Feed.Synthetic _ -> synthetic(port, type, step);
    };
  }

  private Tensor synthetic(Port.Data port, TensorType type, long step) {
    var randoms = new Randoms(seed + step, "data/" + port.name());
    if (type.dtype().isFloat()) {
      return Tensor.generate(type, randoms::normal);
    }
    long bound = port.bound().orElseThrow();
    return Tensor.generate(type, i -> randoms.below(bound, i));
  }

  private static boolean isFedByText(Port port) {
    return port instanceof Port.Data data && data.textShift().isPresent();
  }
}
