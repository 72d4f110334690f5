package dev.weft.passes.simulate;

/**
 * The memory of a device at its peak, in bytes.
 *
 * @param weights in the training precision
 * @param gradients that are there at the peak
 * @param optimizer state, a master copy of the weights included
 * @param activations kept from forwards for backwards
 * @param working what the largest layer needs while it runs, gathered weights and what lives
 *     throughout included
 * @param reserved what never holds tensors: contexts, libraries, communicators
 * @param fragmentation what an allocator loses
 * @param updateGradients gradients when the weights are updated: all that the device has
 */
public record MemoryPrice(
    long weights,
    long gradients,
    long optimizer,
    long activations,
    long working,
    long reserved,
    long fragmentation,
    long updateGradients) {
  /** What tensors take: what a framework reports as allocated. */
  public long allocatedBytes() {
    return weights + gradients + optimizer + activations + working;
  }

  /** What the device must have. */
  public long deviceBytes() {
    return allocatedBytes() + reserved + fragmentation;
  }
}
