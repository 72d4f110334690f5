package dev.weft.runtime.oracle;

import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** The optimizers' element-wise steps. */
final class Updates {
  private Updates() {}

  static List<Tensor> sgd(SgdUpdate op, List<Tensor> in) {
    var p = in.get(0);
    var g = Rearranging.sameNames(in.get(1), p.type());
    if (op.momentum() == 0) {
      return List.of(Tensor.generate(p.type(), i -> p.get(i) - op.lr() * g.get(i)));
    }
    var v = Rearranging.sameNames(in.get(2), p.type());
    return List.of(
        Tensor.generate(p.type(), i -> p.get(i) - op.lr() * (op.momentum() * v.get(i) + g.get(i))),
        Tensor.generate(p.type(), i -> op.momentum() * v.get(i) + g.get(i)));
  }

  static List<Tensor> adam(AdamUpdate op, List<Tensor> in) {
    var p = in.get(0);
    var g = Rearranging.sameNames(in.get(1), p.type());
    var m = Rearranging.sameNames(in.get(2), p.type());
    var v = Rearranging.sameNames(in.get(3), p.type());
    double t = in.get(4).scalar();
    boolean coupled = op.decay() == AdamUpdate.Decay.COUPLED;
    var newP = new double[p.size()];
    var newM = new double[p.size()];
    var newV = new double[p.size()];
    for (int i = 0; i < p.size(); i++) {
      double gradient = coupled ? g.get(i) + op.weightDecay() * p.get(i) : g.get(i);
      double weight = coupled ? p.get(i) : p.get(i) * (1 - op.lr() * op.weightDecay());
      newM[i] = op.beta1() * m.get(i) + (1 - op.beta1()) * gradient;
      newV[i] = op.beta2() * v.get(i) + (1 - op.beta2()) * gradient * gradient;
      double mean = newM[i] / (1 - Math.pow(op.beta1(), t));
      double square = newV[i] / (1 - Math.pow(op.beta2(), t));
      newP[i] = weight - op.lr() * mean / (Math.sqrt(square) + op.eps());
    }
    return List.of(Tensor.of(p.type(), newP), Tensor.of(p.type(), newM), Tensor.of(p.type(), newV));
  }
}
