package dev.weft.runtime.oracle;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** The optimizers' element-wise steps. */
final class Updates {
  private Updates() {}

  static List<Tensor> sgd(SgdUpdate op, List<Tensor> in) {
    var p = in.get(0);
    var g = Rearranging.sameNames(in.get(1), p.type());
    int next = op.vectors();
    double lr = in.get(next).scalar();
    double factor = factor(in, next + 1);
    if (op.momentum() == 0) {
      return List.of(Tensor.generate(p.type(), i -> p.get(i) - lr * (factor * g.get(i))));
    }
    var v = Rearranging.sameNames(in.get(2), p.type());
    var newV = new double[p.size()];
    var newP = new double[p.size()];
    for (int i = 0; i < newP.length; i++) {
      newV[i] = op.momentum() * v.get(i) + factor * g.get(i);
      newP[i] = p.get(i) - lr * newV[i];
    }
    return List.of(Tensor.of(p.type(), newP), Tensor.of(p.type(), newV));
  }

  static List<Tensor> adam(AdamUpdate op, List<Tensor> in) {
    var p = in.get(0);
    double lr = in.get(5).scalar();
    boolean coupled = op.decay() == AdamUpdate.Decay.COUPLED;
    var decay = decay(op.groups(), p.size());
    var none = new double[p.size()];
    var moments =
        new Moments(op.beta1(), op.beta2(), op.eps(), coupled ? decay : none, in, factor(in, 6));
    var newP = new double[p.size()];
    for (int i = 0; i < newP.length; i++) {
      double weight = coupled ? p.get(i) : p.get(i) * (1 - lr * decay[i]);
      newP[i] = weight - lr * moments.step[i];
    }
    return moments.with(p, newP);
  }

  static List<Tensor> lamb(LambDirection op, List<Tensor> in) {
    var p = in.get(0);
    var decay = decay(op.groups(), p.size());
    var none = new double[p.size()];
    var moments = new Moments(op.beta1(), op.beta2(), op.eps(), none, in, factor(in, 5));
    var direction = new double[p.size()];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = moments.step[i] + decay[i] * p.get(i);
    }
    return moments.with(p, direction);
  }

  /** What the gradient is multiplied by: the last operand, where there is one so far behind. */
  private static double factor(List<Tensor> in, int index) {
    return in.size() > index ? in.get(index).scalar() : 1;
  }

  private static double[] decay(DecayGroups groups, int size) {
    if (!groups.over().isEmpty()) {
      throw new IllegalStateException("a share belongs to one device of several");
    }
    return groups.of(0, size);
  }

  /** The moments of Adam and the step that follows from them, before the learning rate. */
  private static final class Moments {
    private final double[] newM;
    private final double[] newV;
    private final double[] step;

    Moments(
        double beta1, double beta2, double eps, double[] decay, List<Tensor> in, double factor) {
      var p = in.get(0);
      var g = Rearranging.sameNames(in.get(1), p.type());
      var m = Rearranging.sameNames(in.get(2), p.type());
      var v = Rearranging.sameNames(in.get(3), p.type());
      double t = in.get(4).scalar();
      newM = new double[p.size()];
      newV = new double[p.size()];
      step = new double[p.size()];
      for (int i = 0; i < step.length; i++) {
        double gradient = factor * g.get(i) + decay[i] * p.get(i);
        newM[i] = beta1 * m.get(i) + (1 - beta1) * gradient;
        newV[i] = beta2 * v.get(i) + (1 - beta2) * gradient * gradient;
        double mean = newM[i] / (1 - Math.pow(beta1, t));
        double square = newV[i] / (1 - Math.pow(beta2, t));
        step[i] = mean / (Math.sqrt(square) + eps);
      }
    }

    List<Tensor> with(Tensor like, double[] first) {
      return List.of(
          Tensor.of(like.type(), first),
          Tensor.of(like.type(), newM),
          Tensor.of(like.type(), newV));
    }
  }
}
