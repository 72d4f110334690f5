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
   * @param count how many segments a device has
   * @param pieces into how many pieces the devices cut the stack of segments
   * @param rows the mesh axes that cut the stack, major to minor
   * @param once mesh axes along which every device has the same piece, though other weights are cut
   *     there: in a sum over them only the first device puts it in
   * @param tally whether a sum over devices takes it from here at all
   */
  public record Part(
      long size, long count, int pieces, List<String> rows, List<String> once, Tally tally) {
    public Part {
      rows = List.copyOf(rows);
      once = List.copyOf(once);
      if (size < 1 || count < 1 || pieces < 1) {
        throw new IllegalArgumentException(count + " segments of " + size + " in " + pieces);
      }
    }

    /** A weight of one segment that each device holds a piece of, or all. */
    public static Part of(long size) {
      return new Part(size, 1, 1, List.of(), List.of(), Tally.HERE);
    }

    /** Segments of the whole weight. */
    public long whole() {
      return count * pieces;
    }
  }

  public Segments {
    parts = List.copyOf(parts);
    over = List.copyOf(over);
  }

  /** The number of segments of all weights. */
  public long count() {
    return parts.stream().mapToLong(Part::whole).sum();
  }

  /** Elements of a device's vector before the padding. */
  public long elements() {
    return parts.stream().mapToLong(p -> p.size() * p.count()).sum();
  }
}
