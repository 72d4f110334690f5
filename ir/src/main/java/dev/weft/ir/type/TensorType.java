package dev.weft.ir.type;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An element type and dimensions in memory order (row-major). No axis occurs twice; an empty list
 * is a scalar.
 *
 * @param space the memory in which the elements lie
 */
public record TensorType(DType dtype, List<Dim> dims, MemorySpace space) {
  public TensorType {
    dims = List.copyOf(dims);
    var seen = new HashSet<String>();
    for (var dim : dims) {
      if (!seen.add(dim.axis())) {
        throw new IllegalArgumentException("axis " + dim.axis() + " occurs twice in " + dims);
      }
    }
  }

  /** A tensor on the device. */
  public TensorType(DType dtype, List<Dim> dims) {
    this(dtype, dims, MemorySpace.DEVICE);
  }

  public static TensorType of(DType dtype, Dim... dims) {
    return new TensorType(dtype, List.of(dims));
  }

  public static TensorType scalar(DType dtype) {
    return new TensorType(dtype, List.of());
  }

  public int rank() {
    return dims.size();
  }

  public List<String> axes() {
    return dims.stream().map(Dim::axis).toList();
  }

  public boolean bears(String axis) {
    return indexOf(axis) >= 0;
  }

  /** Position of an axis, or -1. */
  public int indexOf(String axis) {
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i).axis().equals(axis)) {
        return i;
      }
    }
    return -1;
  }

  public Optional<Dim> find(String axis) {
    return dims.stream().filter(d -> d.axis().equals(axis)).findFirst();
  }

  /** The dimension of an axis which the type is known to bear. */
  public Dim dim(String axis) {
    return find(axis)
        .orElseThrow(() -> new IllegalArgumentException(this + " bears no axis " + axis));
  }

  public TensorType withDims(List<Dim> newDims) {
    return new TensorType(dtype, newDims, space);
  }

  public TensorType withDType(DType newDType) {
    return new TensorType(newDType, dims, space);
  }

  public TensorType in(MemorySpace other) {
    return new TensorType(dtype, dims, other);
  }

  /** The type without some axes. */
  public TensorType without(List<String> axes) {
    return withDims(dims.stream().filter(d -> !axes.contains(d.axis())).toList());
  }

  /** Number of elements. */
  public long elements() {
    long product = 1;
    for (var dim : dims) {
      product = Math.multiplyExact(product, dim.size());
    }
    return product;
  }

  /** Bytes of all elements. */
  public long bytes() {
    return Math.multiplyExact(elements(), dtype.bytes());
  }

  @Override
  public String toString() {
    return dtype.text()
        + dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"))
        + (space == MemorySpace.HOST ? " host" : "");
  }
}
