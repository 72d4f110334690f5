package dev.weft.runtime.kernel;

import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.SoftmaxGrad;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** Softmax along an axis and its cotangent. */
public final class SoftmaxKernels {
  private SoftmaxKernels() {}

  public static Kernel forward(Softmax op, TensorType type) {
    var rows = AxisRows.of(type, op.axis());
    return Kernel.pure(
        in -> {
          var x = Operand.of(in[0]);
          var y = new double[in[0].size()];
          for (int i = 0; i < rows.count(); i++) {
            softmax(rows, x.values(), x.start() + rows.start(i), y, rows.start(i));
          }
          return Tensor.of(type, y);
        });
  }

  private static void softmax(AxisRows rows, double[] x, int xAt, double[] y, int yAt) {
    int end = rows.length() * rows.step();
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < end; i += rows.step()) {
      max = Math.max(max, x[xAt + i]);
    }
    double sum = 0;
    for (int i = 0; i < end; i += rows.step()) {
      double exp = Math.exp(x[xAt + i] - max);
      y[yAt + i] = exp;
      sum += exp;
    }
    for (int i = 0; i < end; i += rows.step()) {
      y[yAt + i] /= sum;
    }
  }

  /** Operands: y, dy. */
  public static Kernel gradient(SoftmaxGrad op, TensorType type, TensorType cotangent) {
    var rows = AxisRows.of(type, op.axis());
    var order = new Reordering(cotangent, type.dims());
    return Kernel.pure(
        in -> {
          var y = Operand.of(in[0]);
          var dy = order.run(in[1]);
          var dx = new double[in[0].size()];
          for (int i = 0; i < rows.count(); i++) {
            int at = rows.start(i);
            gradient(rows, y.values(), y.start() + at, dy.values(), dy.start() + at, dx, at);
          }
          return Tensor.of(type, dx);
        });
  }

  private static void gradient(
      AxisRows rows, double[] y, int yAt, double[] dy, int dyAt, double[] dx, int dxAt) {
    int end = rows.length() * rows.step();
    double dot = 0;
    for (int i = 0; i < end; i += rows.step()) {
      dot += y[yAt + i] * dy[dyAt + i];
    }
    for (int i = 0; i < end; i += rows.step()) {
      dx[dxAt + i] = y[yAt + i] * (dy[dyAt + i] - dot);
    }
  }
}
