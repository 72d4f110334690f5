package dev.weft.runtime.kernel;

import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.NormalizeGrad;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** Normalization along an axis and its cotangent. */
public final class NormalizeKernels {
  private NormalizeKernels() {}

  public static Kernel forward(Normalize op, TensorType type, TensorType scale) {
    var rows = AxisRows.of(type, op.axis());
    return (place, in) -> {
      var x = Operand.of(in[0]);
      var y = new double[in[0].size()];
      var r = new double[rows.count()];
      for (int i = 0; i < r.length; i++) {
        r[i] = normalize(op, rows, x.values(), x.start() + rows.start(i), y, rows.start(i));
      }
      return new Tensor[] {Tensor.of(type, y), Tensor.of(scale, r)};
    };
  }

  private static double normalize(
      Normalize op, AxisRows rows, double[] x, int xAt, double[] y, int yAt) {
    int end = rows.length() * rows.step();
    double mean = 0;
    if (op.centering() == Centering.MEAN) {
      double sum = 0;
      for (int i = 0; i < end; i += rows.step()) {
        sum += x[xAt + i];
      }
      mean = sum / rows.length();
    }
    double squares = 0;
    for (int i = 0; i < end; i += rows.step()) {
      double centered = x[xAt + i] - mean;
      squares += centered * centered;
    }
    double r = 1 / Math.sqrt(squares / rows.length() + op.eps());
    for (int i = 0; i < end; i += rows.step()) {
      y[yAt + i] = (x[xAt + i] - mean) * r;
    }
    return r;
  }

  /** Operands: y, r, dy; r and dy may have their axes in another order than y. */
  public static Kernel gradient(
      NormalizeGrad op, TensorType type, TensorType scale, TensorType cotangent) {
    var rows = AxisRows.of(type, op.axis());
    var scaleOrder =
        new Reordering(
            scale, type.dims().stream().filter(d -> !d.axis().equals(op.axis())).toList());
    var order = new Reordering(cotangent, type.dims());
    return Kernel.pure(
        in -> {
          var y = Operand.of(in[0]);
          var r = scaleOrder.run(in[1]);
          var dy = order.run(in[2]);
          var dx = new double[in[0].size()];
          for (int i = 0; i < rows.count(); i++) {
            int at = rows.start(i);
            double scaled = r.values()[r.start() + i];
            gradient(
                op, rows, scaled, y.values(), y.start() + at, dy.values(), dy.start() + at, dx, at);
          }
          return Tensor.of(type, dx);
        });
  }

  private static void gradient(
      NormalizeGrad op,
      AxisRows rows,
      double r,
      double[] y,
      int yAt,
      double[] dy,
      int dyAt,
      double[] dx,
      int dxAt) {
    int end = rows.length() * rows.step();
    double sum = 0;
    double dot = 0;
    for (int i = 0; i < end; i += rows.step()) {
      sum += dy[dyAt + i];
      dot += y[yAt + i] * dy[dyAt + i];
    }
    double mean = op.centering() == Centering.MEAN ? sum / rows.length() : 0;
    double slope = dot / rows.length();
    for (int i = 0; i < end; i += rows.step()) {
      dx[dxAt + i] = r * (dy[dyAt + i] - mean - y[yAt + i] * slope);
    }
  }
}
