package dev.weft.runtime.oracle;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** All points of an index space with named dimensions, walked in row-major order. */
final class Space {
  /** What is done at a point. */
  interface Visit {
    /**
     * @param at for each tensor of the walk, the row-major index of its element at this point; the
     *     array is reused
     */
    void at(int[] at);
  }

  private final List<Dim> dims;

  Space(List<Dim> dims) {
    this.dims = List.copyOf(dims);
  }

  /** The points of a tensor. */
  static Space of(TensorType type) {
    return new Space(type.dims());
  }

  /** The dimensions of several tensors, each axis once, in order of first occurrence. */
  static Space union(List<TensorType> types) {
    var dims = new ArrayList<Dim>();
    for (var type : types) {
      type.dims().stream()
          .filter(d -> dims.stream().noneMatch(e -> e.axis().equals(d.axis())))
          .forEach(dims::add);
    }
    return new Space(dims);
  }

  /** The same points with some axes missing. */
  Space without(String... axes) {
    return new Space(dims.stream().filter(d -> !List.of(axes).contains(d.axis())).toList());
  }

  List<Dim> dims() {
    return dims;
  }

  /** Walks the points; a tensor that lacks an axis stands still along it. */
  void walk(List<TensorType> tensors, Visit visit) {
    var strides = new int[dims.size()][];
    for (int d = 0; d < dims.size(); d++) {
      strides[d] = strides(tensors, dims.get(d).axis());
    }
    walk(0, new int[tensors.size()], strides, visit);
  }

  private void walk(int depth, int[] at, int[][] strides, Visit visit) {
    if (depth == dims.size()) {
      visit.at(at);
      return;
    }
    int size = (int) dims.get(depth).size();
    for (int i = 0; i < size; i++) {
      visitNext(depth, at, strides, visit);
      move(at, strides[depth], 1);
    }
    move(at, strides[depth], -size);
  }

  private void visitNext(int depth, int[] at, int[][] strides, Visit visit) {
    if (depth + 1 == dims.size()) {
      visit.at(at);
    } else {
      walk(depth + 1, at, strides, visit);
    }
  }

  private static void move(int[] at, int[] strides, int count) {
    for (int t = 0; t < at.length; t++) {
      at[t] += count * strides[t];
    }
  }

  private static int[] strides(List<TensorType> tensors, String axis) {
    return tensors.stream().mapToInt(type -> stride(type, axis)).toArray();
  }

  /** The distance of neighbours along an axis in row-major order; 0 where the axis is missing. */
  static int stride(TensorType type, String axis) {
    int index = type.indexOf(axis);
    if (index < 0) {
      return 0;
    }
    long stride = 1;
    for (var dim : type.dims().subList(index + 1, type.rank())) {
      stride *= dim.size();
    }
    return Math.toIntExact(stride);
  }
}
