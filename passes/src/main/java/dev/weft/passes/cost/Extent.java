package dev.weft.passes.cost;

import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;

/**
 * The size of a buffer.
 *
 * @param bytes that it takes of the memory in question; 0 where it lies in the other one
 */
record Extent(long elements, long bytes) {
  static Extent of(TensorType type, MemorySpace counted) {
    return new Extent(type.elements(), type.space() == counted ? type.bytes() : 0);
  }
}
