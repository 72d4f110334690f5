package dev.weft.ir.op;

import java.util.List;

/**
 * The weights in a device's packed vector, for what is computed weight by weight. A stack of layers
 * is as many segments as it has layers.
 *
 * @param parts in the order in which they lie; what is behind the last is padding
 * @param over the mesh axes among whose devices the vector is shared out; empty where a device has
 *     all of it
 */
public record Segments(List<Part> parts, List<String> over) {
  /** Who puts the numbers of a part into a sum over devices. */
  public enum Tally {
    /** The devices that hold it. */
    HERE,
    /** A device along another mesh axis, which holds it too. */
    ELSEWHERE
  }

  /**
   * One weight's piece: segments of equal size.
   *
   * @param size elements of one segment
   * @param count how many segments there are; a stack of layers is never cut, so every device has
   *     them all, or pieces of them all
   * @param once mesh axes along which every device has the same piece, though other weights are cut
   *     there: in a sum over them only the first device puts it in
   * @param tally whether a sum over devices takes it from here at all
   */
  public record Part(long size, long count, List<String> once, Tally tally) {
    public Part {
      once = List.copyOf(once);
      if (size < 1 || count < 1) {
        throw new IllegalArgumentException(count + " segments of " + size);
      }
    }

    /** A weight of one segment that each device holds a piece of, or all. */
    public static Part of(long size) {
      return new Part(size, 1, List.of(), Tally.HERE);
    }
  }

  public Segments {
    parts = List.copyOf(parts);
    over = List.copyOf(over);
  }

  /** The number of segments of all weights. */
  public long count() {
    return parts.stream().mapToLong(Part::count).sum();
  }

  /** Elements of a device's vector before the padding. */
  public long elements() {
    return parts.stream().mapToLong(p -> p.size() * p.count()).sum();
  }
}
