package dev.weft.runtime.kernel;

import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryGrad;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** Kernels of ops that treat each element alone. */
public final class ElementwiseKernels {
  private ElementwiseKernels() {}

  public static Kernel unary(Unary op) {
    var function = op.function();
    return Kernel.pure(
        in -> {
          var x = Operand.of(in[0]);
          var y = new double[in[0].size()];
          for (int i = 0; i < y.length; i++) {
            y[i] = function.apply(x.values()[x.start() + i]);
          }
          return Tensor.of(in[0].type(), y);
        });
  }

  /** Operands: what the function keeps, and dy. */
  public static Kernel unaryGrad(UnaryGrad op, TensorType kept, TensorType cotangent) {
    var function = op.function();
    var order = new Reordering(cotangent, kept.dims());
    return Kernel.pure(
        in -> {
          var x = Operand.of(in[0]);
          var dy = order.run(in[1]);
          var dx = new double[in[0].size()];
          for (int i = 0; i < dx.length; i++) {
            dx[i] = function.derivative(x.values()[x.start() + i]) * dy.values()[dy.start() + i];
          }
          return Tensor.of(kept, dx);
        });
  }

  public static Kernel affine(Affine op) {
    double scale = op.scale();
    double shift = op.shift();
    return Kernel.pure(
        in -> {
          var x = Operand.of(in[0]);
          var y = new double[in[0].size()];
          for (int i = 0; i < y.length; i++) {
            y[i] = scale * x.values()[x.start() + i] + shift;
          }
          return Tensor.of(in[0].type(), y);
        });
  }

  /** Another element type: making the tensor rounds. */
  public static Kernel convert(TensorType type) {
    return Kernel.pure(in -> Tensor.of(type, in[0].toArray()));
  }

  public static Kernel fill(double value, TensorType type) {
    return Kernel.pure(
        in -> {
          var values = new double[Math.toIntExact(type.elements())];
          java.util.Arrays.fill(values, value);
          return Tensor.of(type, values);
        });
  }
}
