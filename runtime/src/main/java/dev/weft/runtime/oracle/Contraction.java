package dev.weft.runtime.oracle;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of products over every axis that the result lacks. The longest axis is walked by a loop
 * of its own, which is all that this owes to speed.
 */
final class Contraction {
  private Contraction() {}

  static Tensor of(List<Tensor> in, TensorType type) {
    var types = new ArrayList<>(List.of(type));
    in.forEach(x -> types.add(x.type()));
    var space = Space.union(types.subList(1, types.size()));
    var longest = space.longest();
    var row = new Row(longest, types);
    var result = new double[(int) type.elements()];
    var a = in.getFirst().toArray();
    var b = in.size() == 1 ? new double[] {1} : in.get(1).toArray();
    space
        .without(longest.axis())
        .walk(
            types,
            at -> {
              int second = at.length == 3 ? at[2] : 0;
              if (row.resultStride == 0) {
                result[at[0]] += row.sum(a, at[1], b, second);
              } else {
                row.add(result, at[0], a, at[1], b, second);
              }
            });
    return Tensor.of(type, result);
  }

  /** The loop along one axis: where its entries lie in the result and in the operands. */
  private static final class Row {
    private final int size;
    private final int resultStride;
    private final int aStride;
    private final int bStride;

    Row(Dim dim, List<TensorType> types) {
      this.size = (int) dim.size();
      this.resultStride = Space.stride(types.get(0), dim.axis());
      this.aStride = Space.stride(types.get(1), dim.axis());
      this.bStride = types.size() == 2 ? 0 : Space.stride(types.get(2), dim.axis());
    }

    double sum(double[] a, int first, double[] b, int second) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += a[first + i * aStride] * b[second + i * bStride];
      }
      return sum;
    }

    void add(double[] result, int at, double[] a, int first, double[] b, int second) {
      for (int i = 0; i < size; i++) {
        result[at + i * resultStride] += a[first + i * aStride] * b[second + i * bStride];
      }
    }
  }
}
