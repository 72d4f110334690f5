package dev.weft.passes.remat;

import java.util.BitSet;

/**
 * One answer to a {@link KeepProblem}.
 *
 * @param bytes of the kept values
 * @param flops the cost of computing the others again, in equivalents of floating-point operations
 * @param kept numbers of the kept values
 */
public record KeepChoice(long bytes, double flops, BitSet kept) {
  public KeepChoice {
    kept = (BitSet) kept.clone();
  }

  @Override
  public BitSet kept() {
    return (BitSet) kept.clone();
  }

  /** Whether it is no worse in bytes and in cost. */
  boolean covers(KeepChoice other) {
    return bytes <= other.bytes && flops <= other.flops;
  }
}
