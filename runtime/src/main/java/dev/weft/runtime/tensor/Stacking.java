package dev.weft.runtime.tensor;

import dev.weft.ir.type.TensorType;

/** A tensor that is filled slice by slice along its first axis, then sealed. */
public final class Stacking {
  private final TensorType type;
  private final Storage storage;
  private final int sliceSize;

  public Stacking(TensorType type) {
    this.type = type;
    this.storage = Tensor.zeros(type).storage();
    this.sliceSize = Math.toIntExact(type.elements() / Math.max(1, type.dims().getFirst().size()));
  }

  /** The memory that the slices fill. */
  public Storage storage() {
    return storage;
  }

  /** Copies a slice to its place. */
  public void put(int index, Tensor slice) {
    int start = index * sliceSize;
    switch (storage) {
      case Storage.Floats floats ->
          System.arraycopy(slice.doubles(), slice.offset(), floats.values, start, sliceSize);
      case Storage.Ints ints ->
          System.arraycopy(slice.ints(), slice.offset(), ints.values, start, sliceSize);
    }
  }

  /** The tensor of all slices; no slice may be put any more. */
  public Tensor seal() {
    return Tensor.over(type, storage);
  }
}
