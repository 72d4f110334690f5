package dev.weft.runtime.kernel;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** The optimizers' element-wise steps. */
public final class UpdateKernels {
  private UpdateKernels() {}

  /** Operands: p, g, v where there is momentum, the learning rate, and possibly a factor of g. */
  public static Kernel sgd(SgdUpdate op, List<TensorType> operands) {
    var orders = orders(operands.subList(0, op.vectors()));
    return (place, in) -> {
      var p = orders[0].run(in[0]);
      var g = orders[1].run(in[1]);
      double lr = in[op.vectors()].scalar();
      double factor = factor(in, op.vectors() + 1);
      int n = in[0].size();
      var newP = new double[n];
      if (op.momentum() == 0) {
        for (int i = 0; i < n; i++) {
          newP[i] = p.values()[p.start() + i] - lr * (factor * g.values()[g.start() + i]);
        }
        return new Tensor[] {Tensor.of(in[0].type(), newP)};
      }
      var v = orders[2].run(in[2]);
      var newV = new double[n];
      for (int i = 0; i < n; i++) {
        newV[i] = op.momentum() * v.values()[v.start() + i] + factor * g.values()[g.start() + i];
        newP[i] = p.values()[p.start() + i] - lr * newV[i];
      }
      return new Tensor[] {Tensor.of(in[0].type(), newP), Tensor.of(in[0].type(), newV)};
    };
  }

  /** Operands: p, g, m, v, t, the learning rate, and possibly a factor of g. */
  public static Kernel adam(AdamUpdate op, List<TensorType> operands) {
    var orders = orders(operands.subList(0, 4));
    boolean coupled = op.decay() == AdamUpdate.Decay.COUPLED;
    return (place, in) -> {
      double lr = in[5].scalar();
      var decay = decay(op.groups(), place, in[0].size());
      var moments = new Moments(op.beta1(), op.beta2(), op.eps(), orders, in, factor(in, 6));
      var p = moments.weights;
      var result = new double[in[0].size()];
      for (int i = 0; i < result.length; i++) {
        double weight = p.values()[p.start() + i];
        double step = moments.step(i, coupled ? decay[i] * weight : 0);
        result[i] = (coupled ? weight : weight * (1 - lr * decay[i])) - lr * step;
      }
      return moments.with(result, in[0].type());
    };
  }

  /** Operands: p, g, m, v, t, and possibly a factor of g. */
  public static Kernel lamb(LambDirection op, List<TensorType> operands) {
    var orders = orders(operands.subList(0, 4));
    return (place, in) -> {
      var decay = decay(op.groups(), place, in[0].size());
      var moments = new Moments(op.beta1(), op.beta2(), op.eps(), orders, in, factor(in, 5));
      var p = moments.weights;
      var result = new double[in[0].size()];
      for (int i = 0; i < result.length; i++) {
        result[i] = moments.step(i, 0) + decay[i] * p.values()[p.start() + i];
      }
      return moments.with(result, in[0].type());
    };
  }

  private static double factor(Tensor[] in, int index) {
    return in.length > index ? in[index].scalar() : 1;
  }

  private static double[] decay(DecayGroups groups, Place place, int size) {
    return groups.of((long) place.coordinate(groups.over()) * size, size);
  }

  private static Reordering[] orders(List<TensorType> operands) {
    var dims = operands.getFirst().dims();
    return operands.stream().map(t -> new Reordering(t, dims)).toArray(Reordering[]::new);
  }

  /** The moments of Adam, replaced element by element. */
  private static final class Moments {
    private final double beta1;
    private final double beta2;
    private final double eps;
    private final double factor;
    private final double correction1;
    private final double correction2;
    private final Operand weights;
    private final Operand g;
    private final Operand m;
    private final Operand v;
    private final double[] newM;
    private final double[] newV;

    Moments(
        double beta1, double beta2, double eps, Reordering[] orders, Tensor[] in, double factor) {
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.eps = eps;
      this.factor = factor;
      this.correction1 = 1 - Math.pow(beta1, in[4].scalar());
      this.correction2 = 1 - Math.pow(beta2, in[4].scalar());
      this.weights = orders[0].run(in[0]);
      this.g = orders[1].run(in[1]);
      this.m = orders[2].run(in[2]);
      this.v = orders[3].run(in[3]);
      this.newM = new double[in[0].size()];
      this.newV = new double[in[0].size()];
    }

    /** Replaces the moments of an element; returns its step before the learning rate. */
    double step(int i, double added) {
      double gradient = factor * g.values()[g.start() + i] + added;
      newM[i] = beta1 * m.values()[m.start() + i] + (1 - beta1) * gradient;
      newV[i] = beta2 * v.values()[v.start() + i] + (1 - beta2) * gradient * gradient;
      return newM[i] / correction1 / (Math.sqrt(newV[i] / correction2) + eps);
    }

    Tensor[] with(double[] first, TensorType type) {
      return new Tensor[] {Tensor.of(type, first), Tensor.of(type, newM), Tensor.of(type, newV)};
    }
  }
}
