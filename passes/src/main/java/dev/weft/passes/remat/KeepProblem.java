package dev.weft.passes.remat;

import java.util.BitSet;
import java.util.List;

/**
 * Which values of the forward to keep for the backward. What is needed and not kept is computed
 * again from what is; a value that no step makes is an input, which can only be kept.
 *
 * @param steps in an order in which every operand is made before it is read
 * @param bytes what keeping each value costs; 0 for one that is in memory anyway
 * @param needed the values that the backward reads
 */
public record KeepProblem(List<Computation> steps, List<Long> bytes, BitSet needed) {
  public KeepProblem {
    steps = List.copyOf(steps);
    bytes = List.copyOf(bytes);
    needed = (BitSet) needed.clone();
  }

  @Override
  public BitSet needed() {
    return (BitSet) needed.clone();
  }

  /** The bytes and the cost of a choice; inputs that it computes from are kept besides. */
  public KeepChoice choice(BitSet chosen) {
    var demanded = needed();
    var kept = new BitSet();
    double flops = 0;
    for (var step : steps.reversed()) {
      boolean again = false;
      for (int result : step.results()) {
        if (demanded.get(result)) {
          if (chosen.get(result) || !step.isRepeatable()) {
            kept.set(result);
          } else {
            again = true;
          }
        }
        demanded.clear(result);
      }
      if (again) {
        flops += step.flops();
        step.operands().forEach(demanded::set);
      }
    }
    kept.or(demanded);
    return new KeepChoice(bytes(kept), flops, kept);
  }

  long bytes(BitSet values) {
    return values.stream().mapToLong(bytes::get).sum();
  }
}
