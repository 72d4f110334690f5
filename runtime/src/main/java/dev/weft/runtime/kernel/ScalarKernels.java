package dev.weft.runtime.kernel;

import dev.weft.ir.op.LearningRate;
import dev.weft.ir.op.LossScaleUpdate;
import dev.weft.runtime.tensor.Tensor;

/** The numbers of a training step that are one for all weights. */
public final class ScalarKernels {
  private ScalarKernels() {}

  /** Operand: the number of the step. */
  public static Kernel rate(LearningRate op) {
    return Kernel.pure(
        in -> Tensor.scalar(op.dtype(), op.schedule().at(Math.round(in[0].scalar()))));
  }

  /** Operands: the scale, the count of finite steps, the sum of squares. */
  public static Kernel lossScale(LossScaleUpdate op) {
    return (place, in) -> {
      var next = op.next(in[0].scalar(), in[1].scalar(), in[2].scalar());
      return new Tensor[] {
        Tensor.of(in[0].type(), next.finite()),
        Tensor.of(in[0].type(), next.scale()),
        Tensor.of(in[0].type(), next.count())
      };
    };
  }

  /** Operands: the scalar that chooses, and the two tensors. */
  public static Kernel select() {
    return Kernel.pure(in -> (in[0].scalar() != 0 ? in[1] : in[2]).copy());
  }
}
