package dev.weft.runtime.kernel;

import dev.weft.ir.type.TensorType;

/**
 * The lines of a tensor along one axis: {@code length} elements, {@code step} apart; line number i
 * begins at {@code start(i)}. Lines are numbered in row-major order of the other axes.
 */
record AxisRows(int count, int length, int step) {
  static AxisRows of(TensorType type, String axis) {
    int length = Math.toIntExact(type.dim(axis).size());
    int elements = Math.toIntExact(type.elements());
    return new AxisRows(elements / Math.max(1, length), length, Nest.stride(type, axis));
  }

  int start(int line) {
    return line / step * step * length + line % step;
  }
}
