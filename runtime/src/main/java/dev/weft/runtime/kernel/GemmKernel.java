package dev.weft.runtime.kernel;

import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** A contraction by matrix products of reordered operands. */
final class GemmKernel implements Kernel {
  private final GemmPlan plan;
  private final TensorType type;
  private final Gemm gemm;
  private final Preparation left;
  private final Preparation right;
  private final Reordering result;

  GemmKernel(GemmPlan plan, TensorType type, Gemm gemm) {
    this.plan = plan;
    this.type = type;
    this.gemm = gemm;
    this.left = preparation(plan.a(), plan.left(), plan.aSummed());
    this.right = preparation(plan.b(), plan.right(), plan.bSummed());
    this.result = new Reordering(plan.product(), type.dims());
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    var a = left.run(in[plan.swapped() ? 1 : 0]);
    var b = right.run(in[plan.swapped() ? 0 : 1]);
    int m = plan.rows();
    int n = plan.columns();
    int k = plan.depth();
    var c = new double[plan.batch() * m * n];
    for (int i = 0; i < plan.batch(); i++) {
      gemm.multiply(
          m,
          n,
          k,
          a.values(),
          a.start() + i * m * k,
          b.values(),
          b.start() + i * k * n,
          c,
          i * m * n);
    }
    return new Tensor[] {Tensor.of(type, result.run(c))};
  }

  /** Brings an operand into matrix order. */
  private interface Preparation {
    Operand run(Tensor tensor);
  }

  private static Preparation preparation(TensorType type, TensorType matrix, List<Dim> summed) {
    if (summed.isEmpty()) {
      return new Reordering(type, matrix.dims())::run;
    }
    var nest = Nest.of(type.dims(), type, matrix);
    int size = Math.toIntExact(matrix.elements());
    return tensor -> {
      var values = new double[size];
      Summing.run(nest, Operand.of(tensor), values);
      return new Operand(values, 0);
    };
  }
}
