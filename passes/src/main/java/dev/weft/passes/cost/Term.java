package dev.weft.passes.cost;

/**
 * What memory is for. A buffer is counted once: under the first term, in this order, of which it
 * holds a value.
 */
enum Term {
  /** Weights, and the new weights that replace them. */
  PARAMETERS,
  /** The state of the optimizer. */
  OPTIMIZER,
  /** Gradients by weights: as they are made, packed, summed and reduced. */
  GRADIENTS,
  /** What a forward keeps for a backward. */
  ACTIVATIONS,
  /** Everything else: temporaries, batches, results of collectives, received values. */
  BUFFERS;

  private static final Term[] ALL = values();
  static final int COUNT = ALL.length;

  /** The term as a set of one: a bit. */
  int bit() {
    return 1 << ordinal();
  }

  /** The first term of a set that is not empty. */
  static Term first(int bits) {
    return ALL[Integer.numberOfTrailingZeros(bits)];
  }

  /** The one that comes first. */
  Term or(Term other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether a value has the term by what becomes of it, rather than by when it is needed. */
  boolean isRole() {
    return compareTo(ACTIVATIONS) < 0;
  }
}
