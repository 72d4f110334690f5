package dev.weft.runtime.kernel;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop nest over named dimensions, and how far each tensor moves along each loop. Loops of one
 * iteration are dropped, and neighbouring loops along which every tensor moves evenly are one loop.
 *
 * @param sizes iterations of each loop, outermost first; at least one loop
 * @param strides per loop, per tensor; 0 where the tensor lacks the axis
 */
record Nest(int[] sizes, int[][] strides) {
  /** The innermost loop at one position of the others. */
  interface Row {
    /**
     * @param at per tensor, the offset of the first element from the tensor's own; reused
     */
    void run(int[] at);
  }

  /** The loops over dimensions for tensors that bear them by name. */
  static Nest of(List<Dim> dims, TensorType... tensors) {
    var sizes = new ArrayList<Integer>();
    var strides = new ArrayList<int[]>();
    for (var dim : dims) {
      if (dim.size() == 1) {
        continue;
      }
      var next = strides(dim.axis(), tensors);
      int size = Math.toIntExact(dim.size());
      if (!sizes.isEmpty() && continues(strides.getLast(), next, size)) {
        sizes.set(sizes.size() - 1, sizes.getLast() * size);
        strides.set(strides.size() - 1, next);
      } else {
        sizes.add(size);
        strides.add(next);
      }
    }
    if (sizes.isEmpty()) {
      sizes.add(1);
      strides.add(new int[tensors.length]);
    }
    return new Nest(
        sizes.stream().mapToInt(Integer::intValue).toArray(), strides.toArray(int[][]::new));
  }

  /** Iterations of the innermost loop. */
  int length() {
    return sizes[sizes.length - 1];
  }

  /** How far a tensor moves along the innermost loop. */
  int step(int tensor) {
    return strides[strides.length - 1][tensor];
  }

  /** Runs every loop but the innermost, in order. */
  void forEachRow(Row row) {
    for (int size : sizes) {
      if (size == 0) {
        return;
      }
    }
    int outer = sizes.length - 1;
    var at = new int[strides[outer].length];
    var index = new int[outer];
    while (true) {
      row.run(at);
      int d = outer - 1;
      while (d >= 0 && ++index[d] == sizes[d]) {
        move(at, strides[d], 1 - sizes[d]);
        index[d--] = 0;
      }
      if (d < 0) {
        return;
      }
      move(at, strides[d], 1);
    }
  }

  private static void move(int[] at, int[] strides, int count) {
    for (int t = 0; t < at.length; t++) {
      at[t] += count * strides[t];
    }
  }

  private static boolean continues(int[] outer, int[] inner, int innerSize) {
    for (int t = 0; t < outer.length; t++) {
      if (outer[t] != inner[t] * innerSize) {
        return false;
      }
    }
    return true;
  }

  private static int[] strides(String axis, TensorType... tensors) {
    var strides = new int[tensors.length];
    for (int t = 0; t < tensors.length; t++) {
      strides[t] = stride(tensors[t], axis);
    }
    return strides;
  }

  /** The distance of neighbours along an axis; 0 where the axis is missing. */
  static int stride(TensorType type, String axis) {
    int stride = 0;
    for (var dim : type.dims()) {
      if (dim.axis().equals(axis)) {
        stride = 1;
      } else {
        stride = Math.multiplyExact(stride, Math.toIntExact(dim.size()));
      }
    }
    return stride;
  }
}
