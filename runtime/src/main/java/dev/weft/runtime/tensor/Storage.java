package dev.weft.runtime.tensor;

import dev.weft.ir.type.DType;

/** The memory that a tensor and its views share; compared by identity. */
public sealed interface Storage {
  DType dtype();

  /** Number of elements. */
  int size();

  /** Bytes on a device that stores elements of this type. */
  default long bytes() {
    return (long) size() * dtype().bytes();
  }

  /** Elements of a floating-point type. */
  final class Floats implements Storage {
    private final DType dtype;
    final double[] values;

    Floats(DType dtype, double[] values) {
      this.dtype = dtype;
      this.values = values;
    }

    @Override
    public DType dtype() {
      return dtype;
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** Elements of type i32. */
  final class Ints implements Storage {
    final int[] values;

    Ints(int[] values) {
      this.values = values;
    }

    @Override
    public DType dtype() {
      return DType.I32;
    }

    @Override
    public int size() {
      return values.length;
    }
  }
}
