package dev.weft.runtime.kernel;

import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.Arrays;

/** Sums, means and maxima over axes. */
public final class ReduceKernel implements Kernel {
  private final Reduce op;
  private final TensorType type;
  private final Nest nest;

  public ReduceKernel(Reduce op, TensorType operand, TensorType result) {
    this.op = op;
    this.type = result;
    this.nest = Nest.of(operand.dims(), operand, result);
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    var result = new double[Math.toIntExact(type.elements())];
    var x = Operand.of(in[0]);
    if (op.function() == ReduceFunction.MAX) {
      Arrays.fill(result, Double.NEGATIVE_INFINITY);
      nest.forEachRow(at -> maximum(x.values(), x.start() + at[0], result, at[1]));
    } else {
      Summing.run(nest, x, result);
    }
    if (op.function() == ReduceFunction.MEAN) {
      for (int i = 0; i < result.length; i++) {
        result[i] /= op.count();
      }
    }
    return new Tensor[] {Tensor.of(type, result)};
  }

  private void maximum(double[] x, int xAt, double[] y, int yAt) {
    int n = nest.length();
    int xStep = nest.step(0);
    int yStep = nest.step(1);
    for (int i = 0; i < n; i++) {
      y[yAt + i * yStep] = Math.max(y[yAt + i * yStep], x[xAt + i * xStep]);
    }
  }
}
