package dev.weft.passes.cost;

/** Memory that values share: live while one of them is held in it. Identity, mutable. */
final class Buffer {
  private final Extent extent;

  /** Terms of the values that callers hold in it, as bits: they live longer than the block. */
  private final int outside;

  private final int[] holds = new int[Term.COUNT];
  private int inside;

  /** A buffer of the block that runs. */
  Buffer(Extent extent) {
    this(extent, 0);
  }

  Buffer(Extent extent, int outside) {
    this.extent = extent;
    this.outside = outside;
  }

  Extent extent() {
    return extent;
  }

  /** Terms of the values in it, as bits; 0 when it is not live. */
  int terms() {
    return inside | outside;
  }

  void hold(Term term) {
    if (holds[term.ordinal()]++ == 0) {
      inside |= term.bit();
    }
  }

  void release(Term term) {
    int left = --holds[term.ordinal()];
    if (left < 0) {
      throw new IllegalStateException("a buffer is released more often than held");
    }
    if (left == 0) {
      inside &= ~term.bit();
    }
  }
}
