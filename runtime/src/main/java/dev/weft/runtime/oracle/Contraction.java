package dev.weft.runtime.oracle;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sum of products over every axis that the result lacks. One axis is walked by a loop of its
 * own, which is all that this owes to speed.
 */
final class Contraction {
  private Contraction() {}

  static Tensor of(List<Tensor> in, TensorType type) {
    var types = new ArrayList<>(List.of(type));
    in.forEach(x -> types.add(x.type()));
    var space = Space.union(types);
    var row =
        space.dims().stream()
            .map(dim -> Row.of(dim, types))
            .max(Comparator.comparingInt(Row::speed))
            .orElse(Row.POINT);
    var result = new double[(int) type.elements()];
    var a = in.getFirst().toArray();
    var b = in.size() == 1 ? new double[] {1} : in.get(1).toArray();
    space
        .without(row.axis)
        .walk(types, at -> row.run(result, at[0], a, at[1], b, at.length == 3 ? at[2] : 0));
    return Tensor.of(type, result);
  }

  /**
   * The loop along one axis.
   *
   * @param step how far apart neighbours are in the result, and likewise in the operands
   */
  private record Row(String axis, int size, int step, int aStep, int bStep) {
    static final Row POINT = new Row("", 1, 0, 0, 0);

    static Row of(Dim dim, List<TensorType> types) {
      return new Row(
          dim.axis(),
          (int) dim.size(),
          Space.stride(types.get(0), dim.axis()),
          Space.stride(types.get(1), dim.axis()),
          types.size() == 2 ? 0 : Space.stride(types.get(2), dim.axis()));
    }

    /** Fast to walk are long rows, and tensors whose neighbours are side by side or the same. */
    int speed() {
      int near = (step <= 1 ? 1 : 0) + (aStep <= 1 ? 1 : 0) + (bStep <= 1 ? 1 : 0);
      return (1 + near) * Math.min(size, 64);
    }

    void run(double[] result, int at, double[] a, int aAt, double[] b, int bAt) {
      if (step == 0) {
        result[at] += sum(a, aAt, b, bAt);
      } else if (step == 1 && aStep == 0 && bStep == 1) {
        addScaled(result, at, a[aAt], b, bAt);
      } else if (step == 1 && aStep == 1 && bStep == 0) {
        addScaled(result, at, b[bAt], a, aAt);
      } else {
        for (int i = 0; i < size; i++) {
          result[at + i * step] += a[aAt + i * aStep] * b[bAt + i * bStep];
        }
      }
    }

    private double sum(double[] a, int aAt, double[] b, int bAt) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += a[aAt + i * aStep] * b[bAt + i * bStep];
      }
      return sum;
    }

    private void addScaled(double[] result, int at, double factor, double[] x, int xAt) {
      for (int i = 0; i < size; i++) {
        result[at + i] += factor * x[xAt + i];
      }
    }
  }
}
