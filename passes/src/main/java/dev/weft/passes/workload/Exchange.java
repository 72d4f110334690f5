package dev.weft.passes.workload;

import dev.weft.passes.network.CollectiveKind;
import java.util.List;

/**
 * One collective of a program.
 *
 * @param bytes of the largest tensor that one device has: the operand, or the result of a gather
 * @param over the mesh axes of its group
 * @param copies how often each entry occurs among what is exchanged: that of a token which goes to
 *     several experts
 */
public record Exchange(CollectiveKind kind, long bytes, List<String> over, double copies) {
  public Exchange {
    over = List.copyOf(over);
  }

  /** Of entries that occur once. */
  public Exchange(CollectiveKind kind, long bytes, List<String> over) {
    this(kind, bytes, over, 1);
  }
}
