package dev.weft.ir.graph;

import dev.weft.ir.mesh.Combine;

/**
 * One direction of an op's iteration space.
 *
 * @param combine how results that do not walk this factor are combined when it is cut
 */
public record Factor(String name, Kind kind, long size, Combine combine) {
  /** What may be done with a factor. */
  public enum Kind {
    /** May be cut freely: every result walks it. */
    PARALLEL,
    /** May be cut; the results that do not walk it are then partial. */
    REDUCE,
    /** Must be whole on every device. */
    GATHER
  }
}
