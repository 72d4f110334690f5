package dev.weft.passes.cost;

/**
 * Memory by what it is for, in bytes.
 *
 * @param parameters weights, and the new weights that replace them
 * @param gradients by weights: as they are made, packed, summed and reduced
 * @param optimizer the optimizer's state
 * @param activations what a forward keeps for a backward
 * @param buffers everything else: temporaries, batches, results of collectives, received values
 */
public record Terms(
    long parameters, long gradients, long optimizer, long activations, long buffers) {
  static final Terms NONE = new Terms(0, 0, 0, 0, 0);

  /** By the positions of {@link Term}. */
  static Terms of(long[] bytes) {
    return new Terms(
        bytes[Term.PARAMETERS.ordinal()],
        bytes[Term.GRADIENTS.ordinal()],
        bytes[Term.OPTIMIZER.ordinal()],
        bytes[Term.ACTIVATIONS.ordinal()],
        bytes[Term.BUFFERS.ordinal()]);
  }

  /** All of it. */
  public long total() {
    return parameters + gradients + optimizer + activations + buffers;
  }

  Terms plus(Terms other) {
    return new Terms(
        parameters + other.parameters,
        gradients + other.gradients,
        optimizer + other.optimizer,
        activations + other.activations,
        buffers + other.buffers);
  }
}
