package dev.weft.ir.op;

/**
 * Which elements {@link Dropout} keeps: the definition that every interpreter and backend follows,
 * in integers that wrap around, so that all have the same mask.
 *
 * <p>With {@code mix64} the finaliser of SplitMix64 (Steele et al. 2014), a 64-bit hash takes in
 * one integer v after another, {@code h' = mix64(h + G (v + 1))}: from {@code h = site} on, the
 * key, then the position along each dimension but the last. That is the hash of a row. Of it an
 * element takes the low half a and the high half b, with p its position along the last dimension,
 * in 32 bits and with shifts that fill in zeros:
 *
 * <pre>{@code
 * r = a + p * 0x9e3779b9;  r ^= r >> 16;  r *= 0x7feb352d;
 * r ^= b;                  r ^= r >> 15;  r *= 0x846ca68b;  r ^= r >> 16
 * }</pre>
 *
 * (Wellons's 32-bit finaliser "lowbias32" with b between its halves). As a signed integer, r is
 * kept if it is at least {@code floor(rate * 2^32) - 2^31}.
 */
public final class DropoutMask {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private DropoutMask() {}

  /** The hash of a site, before any key. */
  public static long start(Dropout op) {
    return op.site();
  }

  /** Takes an integer into a hash. */
  public static long absorb(long hash, int value) {
    return mix(hash + GOLDEN * (value + 1L));
  }

  /** 32 random bits of the element at a position of a row. */
  public static int bits(long row, int position) {
    int r = (int) row + position * 0x9e3779b9;
    r ^= r >>> 16;
    r *= 0x7feb352d;
    r ^= (int) (row >>> 32);
    r ^= r >>> 15;
    r *= 0x846ca68b;
    return r ^ (r >>> 16);
  }

  /** The least bits, as a signed integer, of an element that is kept. */
  public static int threshold(Dropout op) {
    return (int) ((long) Math.floor(op.rate() * 0x1p32) - (1L << 31));
  }

  private static long mix(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
