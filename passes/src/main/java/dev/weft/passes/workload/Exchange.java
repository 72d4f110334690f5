package dev.weft.passes.workload;

import dev.weft.passes.network.CollectiveKind;
import java.util.List;

/**
 * One collective of a program.
 *
 * @param bytes of the largest tensor that one device has: the operand, or the result of a gather
 * @param over the mesh axes of its group
 */
public record Exchange(CollectiveKind kind, long bytes, List<String> over) {
  public Exchange {
    over = List.copyOf(over);
  }
}
