package dev.weft.ir.op;

import java.util.ArrayList;
import java.util.List;

/**
 * How strongly each element of a packed vector decays: consecutive ranges of it, each with a weight
 * decay of its own. What lies behind the last range (padding) does not decay.
 *
 * @param ranges of the whole vector, in order
 * @param over the mesh axes among whose devices the vector is shared out; empty where a device has
 *     all of it
 */
public record DecayGroups(List<Range> ranges, List<String> over) {
  /** Nothing decays. */
  public static final DecayGroups NONE = new DecayGroups(List.of(), List.of());

  /**
   * Consecutive elements.
   *
   * @param size how many
   * @param decay their weight decay
   */
  public record Range(long size, double decay) {
    public Range {
      if (size < 1) {
        throw new IllegalArgumentException("a range of " + size + " elements");
      }
    }
  }

  public DecayGroups {
    ranges = List.copyOf(ranges);
    over = List.copyOf(over);
  }

  /** The groups with neighbours of equal decay made one. */
  public static DecayGroups merged(List<Range> ranges, List<String> over) {
    var merged = new ArrayList<Range>();
    for (var range : ranges) {
      if (!merged.isEmpty() && merged.getLast().decay() == range.decay()) {
        var before = merged.removeLast();
        merged.add(new Range(before.size() + range.size(), range.decay()));
      } else {
        merged.add(range);
      }
    }
    boolean nothing = merged.stream().allMatch(r -> r.decay() == 0);
    return nothing ? NONE : new DecayGroups(merged, over);
  }

  /**
   * The decay of some consecutive elements.
   *
   * @param start the first of them in the whole vector
   * @param size how many
   */
  public double[] of(long start, int size) {
    var decay = new double[size];
    long from = -start;
    for (var range : ranges) {
      long to = from + range.size();
      for (long i = Math.max(from, 0); i < Math.min(to, size); i++) {
        decay[(int) i] = range.decay();
      }
      from = to;
    }
    return decay;
  }
}
