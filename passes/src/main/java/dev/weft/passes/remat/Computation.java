package dev.weft.passes.remat;

import java.util.List;

/**
 * One step of the forward, as a search sees it.
 *
 * @param flops the cost of computing it again, in equivalents of floating-point operations;
 *     infinite where it must not run twice
 * @param operands numbers of the values that it reads
 * @param results numbers of the values that it makes
 */
public record Computation(double flops, List<Integer> operands, List<Integer> results) {
  public Computation {
    operands = List.copyOf(operands);
    results = List.copyOf(results);
  }

  /** Whether it may run twice. */
  boolean isRepeatable() {
    return flops < Double.POSITIVE_INFINITY;
  }
}
