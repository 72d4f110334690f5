package dev.weft.runtime.kernel;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Chooses how a contraction is computed. */
public final class ContractKernels {
  /** Fewer columns than this make a matrix product slower than dot products. */
  private static final long FEW_COLUMNS = 4;

  private ContractKernels() {}

  /** A kernel for one or two operands and a result of these types. */
  public static Kernel of(List<TensorType> operands, TensorType result, Gemm gemm) {
    if (operands.size() == 1) {
      var nest = Nest.of(operands.getFirst().dims(), operands.getFirst(), result);
      return Kernel.pure(in -> sum(nest, in[0], result));
    }
    var plan = GemmPlan.of(operands.get(0), operands.get(1), result);
    return plan.columns() < FEW_COLUMNS || plan.depth() == 1
        ? Kernel.pure(products(operands.get(0), operands.get(1), result))
        : new GemmKernel(plan, result, gemm);
  }

  private static Tensor sum(Nest nest, Tensor x, TensorType type) {
    var result = new double[Math.toIntExact(type.elements())];
    Summing.run(nest, Operand.of(x), result);
    return Tensor.of(type, result);
  }

  /** Loops over all axes, those of the result outermost. */
  private static java.util.function.Function<Tensor[], Tensor> products(
      TensorType a, TensorType b, TensorType type) {
    var dims = new ArrayList<>(type.dims());
    addMissing(dims, a);
    addMissing(dims, b);
    var nest = Nest.of(dims, type, a, b);
    return in -> {
      var result = new double[Math.toIntExact(type.elements())];
      var left = Operand.of(in[0]);
      var right = Operand.of(in[1]);
      nest.forEachRow(
          at ->
              row(
                  nest,
                  result,
                  at[0],
                  left.values(),
                  left.start() + at[1],
                  right.values(),
                  right.start() + at[2]));
      return Tensor.of(type, result);
    };
  }

  private static void row(
      Nest nest, double[] y, int yAt, double[] a, int aAt, double[] b, int bAt) {
    int n = nest.length();
    int yStep = nest.step(0);
    int aStep = nest.step(1);
    int bStep = nest.step(2);
    if (yStep == 0) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += a[aAt + i * aStep] * b[bAt + i * bStep];
      }
      y[yAt] += sum;
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i * yStep] += a[aAt + i * aStep] * b[bAt + i * bStep];
      }
    }
  }

  private static void addMissing(List<Dim> dims, TensorType type) {
    for (var dim : type.dims()) {
      if (dims.stream().noneMatch(d -> d.axis().equals(dim.axis()))) {
        dims.add(dim);
      }
    }
  }
}
