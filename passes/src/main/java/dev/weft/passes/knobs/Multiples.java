package dev.weft.passes.knobs;

/** The sizes that a number divides. */
final class Multiples {
  private Multiples() {}

  /** The multiple of a number, at least the number itself, that is nearest to a size. */
  static long nearest(long size, long of) {
    long below = size / of * of;
    long above = below + of;
    return below > 0 && size - below <= above - size ? below : above;
  }
}
