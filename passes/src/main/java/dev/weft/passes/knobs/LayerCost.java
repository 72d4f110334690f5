package dev.weft.passes.knobs;

/**
 * What a layer, or something beside the layers, costs the place that has it.
 *
 * @param flops floating-point operations of the forward; the backward's are in proportion
 * @param bytes what its weights take on each device, with their gradients and optimizer state
 */
record LayerCost(long flops, long bytes) {
  static final LayerCost NONE = new LayerCost(0, 0);

  LayerCost plus(LayerCost other) {
    return new LayerCost(Math.addExact(flops, other.flops), Math.addExact(bytes, other.bytes));
  }

  LayerCost minus(LayerCost other) {
    return new LayerCost(flops - other.flops, bytes - other.bytes);
  }
}
