package dev.weft.passes.cost;

import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;

/** The size of a buffer. */
record Extent(long elements, long bytes) {
  static Extent of(TensorType type) {
    return new Extent(type.elements(), type.space() == MemorySpace.DEVICE ? type.bytes() : 0);
  }
}
