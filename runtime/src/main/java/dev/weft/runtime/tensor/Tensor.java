package dev.weft.runtime.tensor;

import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * An immutable tensor: a type, and its elements in row-major order from an offset of a storage that
 * views may share.
 */
public final class Tensor {
  private final TensorType type;
  private final Storage storage;
  private final int offset;
  private final int size;

  private Tensor(TensorType type, Storage storage, int offset) {
    this.type = type;
    this.storage = storage;
    this.offset = offset;
    this.size = Math.toIntExact(type.elements());
    boolean alike = type.dtype() == storage.dtype() && type.space() == storage.space();
    if (!alike || offset < 0 || offset + size > storage.size()) {
      throw new IllegalArgumentException(
          type + " at " + offset + " of " + storage.size() + " " + storage.dtype().text());
    }
  }

  /** A tensor of the values, rounded to the element type; the array is the tensor's from now on. */
  public static Tensor of(TensorType type, double... values) {
    if (values.length != type.elements()) {
      throw new IllegalArgumentException(values.length + " values for " + type);
    }
    Rounding.round(type.dtype(), values);
    return new Tensor(type, storage(type, values), 0);
  }

  /** An i32 tensor; the array is the tensor's from now on. */
  public static Tensor ofInts(TensorType type, int... values) {
    if (values.length != type.elements()) {
      throw new IllegalArgumentException(values.length + " values for " + type);
    }
    return new Tensor(type, new Storage.Ints(type.space(), values), 0);
  }

  /** A tensor whose element at each row-major index is computed. */
  public static Tensor generate(TensorType type, IntToDoubleFunction element) {
    var values = new double[Math.toIntExact(type.elements())];
    Arrays.setAll(values, element);
    return of(type, values);
  }

  public static Tensor zeros(TensorType type) {
    return of(type, new double[Math.toIntExact(type.elements())]);
  }

  public static Tensor scalar(DType dtype, double value) {
    return of(TensorType.scalar(dtype), value);
  }

  /** The tensor of all elements of a storage, or of its first ones. */
  public static Tensor over(TensorType type, Storage storage) {
    return new Tensor(type, storage, 0);
  }

  /** The same elements in a buffer of their own. */
  public Tensor copy() {
    return of(type, toArray());
  }

  private static Storage storage(TensorType type, double[] values) {
    if (type.dtype().isFloat()) {
      return new Storage.Floats(type.dtype(), type.space(), values);
    }
    return new Storage.Ints(type.space(), Arrays.stream(values).mapToInt(v -> (int) v).toArray());
  }

  public TensorType type() {
    return type;
  }

  public Storage storage() {
    return storage;
  }

  /** Index in the storage of the first element. */
  public int offset() {
    return offset;
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  /** The element at a row-major index. */
  public double get(int index) {
    return switch (storage) {
      case Storage.Floats floats -> floats.values[offset + index];
      case Storage.Ints ints -> ints.values[offset + index];
    };
  }

  /** The element of an i32 tensor at a row-major index. */
  public int getInt(int index) {
    return ints()[offset + index];
  }

  /** The only element. */
  public double scalar() {
    if (size != 1) {
      throw new IllegalStateException(type + " is not one number");
    }
    return get(0);
  }

  /** The elements from {@code start} on as a tensor of another type, sharing the storage. */
  public Tensor view(TensorType newType, int start) {
    if (start < 0 || start + newType.elements() > size) {
      throw new IllegalArgumentException(newType + " at " + start + " of " + type);
    }
    return new Tensor(newType, storage, offset + start);
  }

  /** The same elements under another type of as many, sharing the storage. */
  public Tensor as(TensorType newType) {
    if (newType.elements() != size) {
      throw new IllegalArgumentException(type + " as " + newType);
    }
    return view(newType, 0);
  }

  /** A copy of the elements. */
  public double[] toArray() {
    var copy = new double[size];
    Arrays.setAll(copy, this::get);
    return copy;
  }

  /**
   * The array behind a floating-point tensor, whose elements begin at {@link #offset}. For kernels
   * alone, to read.
   */
  public double[] doubles() {
    return switch (storage) {
      case Storage.Floats floats -> floats.values;
      case Storage.Ints _ -> throw new IllegalStateException(type + " holds integers");
    };
  }

  /** The array behind an i32 tensor. For kernels alone, to read. */
  public int[] ints() {
    return switch (storage) {
      case Storage.Ints ints -> ints.values;
      case Storage.Floats _ -> throw new IllegalStateException(type + " holds no integers");
    };
  }

  @Override
  public String toString() {
    int shown = Math.min(size, 8);
    var elements = Arrays.toString(Arrays.copyOf(toArray(), shown));
    return type + (shown < size ? elements.replace("]", ", …]") : elements);
  }
}
