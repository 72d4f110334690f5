package dev.weft.passes.cost;

/**
 * Where a value lies.
 *
 * @param offset of its first element, in elements; {@link #SOMEWHERE} for a slice of a loop's stack
 */
record Spot(Buffer buffer, long offset) {
  /**
   * One of several slices. It never matters which: packing works in place where operands fill a
   * buffer from its beginning to its end, and the other slices are not at hand.
   */
  static final long SOMEWHERE = -1;

  /** A value that begins some elements behind this one. */
  Spot plus(long elements) {
    return offset == SOMEWHERE ? this : new Spot(buffer, offset + elements);
  }

  /** One of several slices of what lies here. */
  Spot slice() {
    return new Spot(buffer, SOMEWHERE);
  }
}
