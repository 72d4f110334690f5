package dev.weft.runtime.kernel;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** The optimizers' element-wise steps. */
public final class UpdateKernels {
  private UpdateKernels() {}

  /** Operands: p, g, and v where there is momentum. */
  public static Kernel sgd(SgdUpdate op, List<TensorType> operands) {
    var orders = orders(operands);
    return (place, in) -> {
      var p = orders[0].run(in[0]);
      var g = orders[1].run(in[1]);
      int n = in[0].size();
      var newP = new double[n];
      if (op.momentum() == 0) {
        for (int i = 0; i < n; i++) {
          newP[i] = p.values()[p.start() + i] - op.lr() * g.values()[g.start() + i];
        }
        return new Tensor[] {Tensor.of(in[0].type(), newP)};
      }
      var v = orders[2].run(in[2]);
      var newV = new double[n];
      for (int i = 0; i < n; i++) {
        newV[i] = op.momentum() * v.values()[v.start() + i] + g.values()[g.start() + i];
        newP[i] = p.values()[p.start() + i] - op.lr() * newV[i];
      }
      return new Tensor[] {Tensor.of(in[0].type(), newP), Tensor.of(in[0].type(), newV)};
    };
  }

  /** Operands: p, g, m, v, t. */
  public static Kernel adam(AdamUpdate op, List<TensorType> operands) {
    var orders = orders(operands.subList(0, 4));
    boolean coupled = op.decay() == AdamUpdate.Decay.COUPLED;
    double coupledDecay = coupled ? op.weightDecay() : 0;
    double shrink = coupled ? 1 : 1 - op.lr() * op.weightDecay();
    return (place, in) -> {
      var p = orders[0].run(in[0]);
      var g = orders[1].run(in[1]);
      var m = orders[2].run(in[2]);
      var v = orders[3].run(in[3]);
      double correction1 = 1 - Math.pow(op.beta1(), in[4].scalar());
      double correction2 = 1 - Math.pow(op.beta2(), in[4].scalar());
      int n = in[0].size();
      var newP = new double[n];
      var newM = new double[n];
      var newV = new double[n];
      for (int i = 0; i < n; i++) {
        double weight = p.values()[p.start() + i];
        double gradient = g.values()[g.start() + i] + coupledDecay * weight;
        newM[i] = op.beta1() * m.values()[m.start() + i] + (1 - op.beta1()) * gradient;
        newV[i] = op.beta2() * v.values()[v.start() + i] + (1 - op.beta2()) * gradient * gradient;
        double step = newM[i] / correction1 / (Math.sqrt(newV[i] / correction2) + op.eps());
        newP[i] = weight * shrink - op.lr() * step;
      }
      var type = in[0].type();
      return new Tensor[] {Tensor.of(type, newP), Tensor.of(type, newM), Tensor.of(type, newV)};
    };
  }

  private static Reordering[] orders(List<TensorType> operands) {
    var dims = operands.getFirst().dims();
    return operands.stream().map(t -> new Reordering(t, dims)).toArray(Reordering[]::new);
  }
}
