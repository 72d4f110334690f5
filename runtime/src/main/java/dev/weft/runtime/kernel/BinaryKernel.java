package dev.weft.runtime.kernel;

import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;

/** An element-wise function of two tensors with broadcasting. */
public final class BinaryKernel implements Kernel {
  private final BinaryFunction function;
  private final TensorType type;
  private final Nest nest;

  public BinaryKernel(
      BinaryFunction function, TensorType left, TensorType right, TensorType result) {
    this.function = function;
    this.type = result;
    this.nest = Nest.of(result.dims(), result, left, right);
  }

  @Override
  public Tensor[] run(Place place, Tensor[] in) {
    var result = new double[Math.toIntExact(type.elements())];
    var a = Operand.of(in[0]);
    var b = Operand.of(in[1]);
    int n = nest.length();
    int aStep = nest.step(1);
    int bStep = nest.step(2);
    nest.forEachRow(
        at ->
            row(
                n,
                result,
                at[0],
                a.values(),
                a.start() + at[1],
                aStep,
                b.values(),
                b.start() + at[2],
                bStep));
    return new Tensor[] {Tensor.of(type, result)};
  }

  private void row(
      int n, double[] y, int yAt, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep) {
    switch (function) {
      case ADD -> VectorLoops.add(n, y, yAt, a, aAt, aStep, b, bAt, bStep);
      case SUB -> VectorLoops.subtract(n, y, yAt, a, aAt, aStep, b, bAt, bStep);
      case MUL -> VectorLoops.multiply(n, y, yAt, a, aAt, aStep, b, bAt, bStep);
      case DIV, MAX, MIN, EQUAL, GREATER_EQUAL -> {
        for (int i = 0; i < n; i++) {
          y[yAt + i] = function.apply(a[aAt + i * aStep], b[bAt + i * bStep]);
        }
      }
    }
  }
}
