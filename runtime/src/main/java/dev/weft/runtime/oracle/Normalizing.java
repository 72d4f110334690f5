package dev.weft.runtime.oracle;

import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.NormalizeGrad;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.SoftmaxGrad;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Ops that relate the entries along one axis: softmax and normalization. */
final class Normalizing {
  private Normalizing() {}

  static Tensor softmax(Softmax op, Tensor x) {
    var result = new double[x.size()];
    int stride = Space.stride(x.type(), op.axis());
    int n = (int) x.type().dim(op.axis()).size();
    Space.of(x.type())
        .without(op.axis())
        .walk(
            List.of(x.type()),
            at -> {
              int start = at[0];
              double max = Double.NEGATIVE_INFINITY;
              for (int i = 0; i < n; i++) {
                max = Math.max(max, x.get(start + i * stride));
              }
              double sum = 0;
              for (int i = 0; i < n; i++) {
                sum += Math.exp(x.get(start + i * stride) - max);
              }
              for (int i = 0; i < n; i++) {
                result[start + i * stride] = Math.exp(x.get(start + i * stride) - max) / sum;
              }
            });
    return Tensor.of(x.type(), result);
  }

  static Tensor softmaxGradient(SoftmaxGrad op, List<Tensor> in) {
    var y = in.get(0);
    var dy = Rearranging.sameNames(in.get(1), y.type());
    var result = new double[y.size()];
    int stride = Space.stride(y.type(), op.axis());
    int n = (int) y.type().dim(op.axis()).size();
    Space.of(y.type())
        .without(op.axis())
        .walk(
            List.of(y.type()),
            at -> {
              int start = at[0];
              double dot = sum(n, i -> y.get(start + i * stride) * dy.get(start + i * stride));
              for (int i = 0; i < n; i++) {
                int here = start + i * stride;
                result[here] = y.get(here) * (dy.get(here) - dot);
              }
            });
    return Tensor.of(y.type(), result);
  }

  static List<Tensor> normalize(Normalize op, Tensor x, List<TensorType> types) {
    var y = new double[x.size()];
    var r = new double[(int) types.get(1).elements()];
    int stride = Space.stride(x.type(), op.axis());
    int n = (int) x.type().dim(op.axis()).size();
    Space.of(x.type())
        .without(op.axis())
        .walk(
            types,
            at -> {
              int start = at[0];
              double mean = 0;
              if (op.centering() == Centering.MEAN) {
                mean = sum(n, i -> x.get(start + i * stride)) / n;
              }
              double center = mean;
              double variance = sum(n, i -> square(x.get(start + i * stride) - center)) / n;
              r[at[1]] = 1 / Math.sqrt(variance + op.eps());
              for (int i = 0; i < n; i++) {
                int here = start + i * stride;
                y[here] = (x.get(here) - mean) * r[at[1]];
              }
            });
    return List.of(Tensor.of(types.get(0), y), Tensor.of(types.get(1), r));
  }

  static Tensor gradient(NormalizeGrad op, List<Tensor> in) {
    var y = in.get(0);
    var r = in.get(1);
    var dy = Rearranging.sameNames(in.get(2), y.type());
    var result = new double[y.size()];
    int stride = Space.stride(y.type(), op.axis());
    int n = (int) y.type().dim(op.axis()).size();
    Space.of(y.type())
        .without(op.axis())
        .walk(
            List.of(y.type(), r.type()),
            at -> {
              int start = at[0];
              double mean = 0;
              if (op.centering() == Centering.MEAN) {
                mean = sum(n, i -> dy.get(start + i * stride)) / n;
              }
              double dot = sum(n, i -> y.get(start + i * stride) * dy.get(start + i * stride)) / n;
              for (int i = 0; i < n; i++) {
                int here = start + i * stride;
                result[here] = r.get(at[1]) * (dy.get(here) - mean - y.get(here) * dot);
              }
            });
    return Tensor.of(y.type(), result);
  }

  private static double sum(int n, IntToDoubleFunction term) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += term.applyAsDouble(i);
    }
    return sum;
  }

  private static double square(double x) {
    return x * x;
  }
}
