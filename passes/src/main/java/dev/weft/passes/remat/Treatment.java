package dev.weft.passes.remat;

import dev.weft.ir.graph.Value;
import java.util.List;
import java.util.Set;

/** What becomes of one region of a function. */
sealed interface Treatment {
  /** The backward takes the same values from every iteration of a loop, or from straight code. */
  record Alike(Set<Value> kept) implements Treatment {}

  /**
   * The iterations of a loop are run again in groups, from their first's inputs, before their
   * backward; then as {@link Alike}.
   *
   * @param size iterations of a group
   */
  record Grouped(Set<Value> kept, long size) implements Treatment {}

  /** The iterations of a loop are treated in pieces. */
  record InPieces(List<LoopStep> steps) implements Treatment {}
}
