package dev.weft.passes.knobs;

import java.util.List;

/** What consecutive layers cost together. */
final class LayerSums {
  /** Entry i is the sum of all layers before layer i. */
  private final LayerCost[] before;

  /** Entry i is the least work and the least bytes of any layer from layer i on. */
  private final LayerCost[] least;

  LayerSums(List<LayerCost> layers) {
    int count = layers.size();
    before = new LayerCost[count + 1];
    least = new LayerCost[count + 1];
    before[0] = LayerCost.NONE;
    least[count] = new LayerCost(Long.MAX_VALUE, Long.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      before[i + 1] = before[i].plus(layers.get(i));
    }
    for (int i = count - 1; i >= 0; i--) {
      var layer = layers.get(i);
      least[i] =
          new LayerCost(
              Math.min(layer.flops(), least[i + 1].flops()),
              Math.min(layer.bytes(), least[i + 1].bytes()));
    }
  }

  int count() {
    return before.length - 1;
  }

  /** The layers from one, inclusive, to another, exclusive. */
  LayerCost between(int start, int end) {
    return before[end].minus(before[start]);
  }

  /** No more than what so many of the layers from one on cost. */
  LayerCost atLeast(int number, int start) {
    return number == 0
        ? LayerCost.NONE
        : new LayerCost(
            Math.multiplyExact(number, least[start].flops()),
            Math.multiplyExact(number, least[start].bytes()));
  }
}
