package dev.weft.runtime.tensor;

import dev.weft.ir.type.DType;
import dev.weft.ir.type.MemorySpace;

/** The memory that a tensor and its views share; compared by identity. */
public sealed interface Storage {
  DType dtype();

  /** Number of elements. */
  int size();

  /** The memory in which it is. */
  MemorySpace space();

  /** Bytes on a device that stores elements of this type. */
  default long bytes() {
    return (long) size() * dtype().bytes();
  }

  /** Elements of a floating-point type. */
  final class Floats implements Storage {
    private final DType dtype;
    private final MemorySpace space;
    final double[] values;

    Floats(DType dtype, MemorySpace space, double[] values) {
      this.dtype = dtype;
      this.space = space;
      this.values = values;
    }

    @Override
    public MemorySpace space() {
      return space;
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
    private final MemorySpace space;
    final int[] values;

    Ints(MemorySpace space, int[] values) {
      this.space = space;
      this.values = values;
    }

    @Override
    public MemorySpace space() {
      return space;
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
