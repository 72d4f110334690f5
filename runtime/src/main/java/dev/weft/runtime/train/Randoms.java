package dev.weft.runtime.train;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers that follow from a seed, a name and an index alone: FNV-1a of the name, mixed by
 * the finaliser of SplitMix64 (Steele et al. 2014, "Fast Splittable Pseudorandom Number
 * Generators").
 */
public final class Randoms {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long base;

  /** The numbers of one name under a seed. */
  public Randoms(long seed, String name) {
    this.base = mix(seed + fnv(name));
  }

  /** 64 random bits. */
  public long bits(long index) {
    return mix(base + index * GOLDEN);
  }

  /** Uniform in (0, 1). */
  public double uniform(long index) {
    return ((bits(index) >>> 11) + 0.5) * 0x1p-53;
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller 1958). */
  public double normal(long index) {
    double radius = Math.sqrt(-2 * Math.log(uniform(2 * index)));
    return radius * Math.cos(2 * Math.PI * uniform(2 * index + 1));
  }

  /** Uniform among 0, …, bound - 1. */
  public long below(long bound, long index) {
    return Long.remainderUnsigned(bits(index), bound);
  }

  static long fnv(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  static long mix(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
