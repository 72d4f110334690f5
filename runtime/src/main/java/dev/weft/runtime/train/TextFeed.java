package dev.weft.runtime.train;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** A text as tokens: one window of it for each entry of each batch, one after the other. */
final class TextFeed {
  private final byte[] bytes;
  private final int greatestShift;

  TextFeed(Function whole, byte[] bytes) {
    if (bytes.length < shortest(whole)) {
      throw new IllegalArgumentException(
          bytes.length + " bytes of text; batches need " + shortest(whole));
    }
    this.bytes = bytes.clone();
    this.greatestShift = greatestShift(whole);
  }

  /** One window, one more place for it to begin, and the greatest shift. */
  static long shortest(Function whole) {
    long longest = 0;
    for (int i : whole.inputIndices(Port.Data.class)) {
      if (((Port.Data) whole.inputs().get(i)).textShift().isPresent()) {
        longest = Math.max(longest, whole.body().params().get(i).type().dims().getLast().size());
      }
    }
    return longest + greatestShift(whole) + 1;
  }

  /** The tokens [batch, seq] of a step, counted from 1. */
  Tensor read(TensorType type, long step, int shift) {
    long batch = type.dims().getFirst().size();
    int length = Math.toIntExact(type.dims().getLast().size());
    long places = bytes.length - length - greatestShift;
    return Tensor.generate(
        type,
        i -> {
          long window = (step - 1) * batch + i / length;
          int start = Math.toIntExact(window * length % places);
          return bytes[start + i % length + shift] & 0xff;
        });
  }

  private static int greatestShift(Function whole) {
    return whole.inputs().stream()
        .filter(Port.Data.class::isInstance)
        .mapToInt(p -> ((Port.Data) p).textShift().orElse(0))
        .max()
        .orElse(0);
  }
}
