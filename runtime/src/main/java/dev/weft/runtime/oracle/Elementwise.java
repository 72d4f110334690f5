package dev.weft.runtime.oracle;

import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryGrad;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Ops that treat each element alone. */
final class Elementwise {
  private Elementwise() {}

  static Tensor unary(Unary op, Tensor x) {
    return Tensor.generate(x.type(), i -> op.function().apply(x.get(i)));
  }

  /** The derivative at each element times dy, whose dimensions may be in another order. */
  static Tensor unaryGradient(UnaryGrad op, List<Tensor> in) {
    var kept = in.get(0);
    var dy = in.get(1);
    var result = new double[kept.size()];
    Space.of(kept.type())
        .walk(
            List.of(kept.type(), dy.type()),
            at -> result[at[0]] = op.function().derivative(kept.get(at[0])) * dy.get(at[1]));
    return Tensor.of(kept.type(), result);
  }

  static Tensor affine(Affine op, Tensor x) {
    return Tensor.generate(x.type(), i -> op.scale() * x.get(i) + op.shift());
  }

  static Tensor convert(Tensor x, TensorType type) {
    return Tensor.generate(type, x::get);
  }

  static Tensor binary(Binary op, List<Tensor> in, TensorType type) {
    var a = in.get(0);
    var b = in.get(1);
    var result = new double[(int) type.elements()];
    Space.of(type)
        .walk(
            List.of(type, a.type(), b.type()),
            at -> result[at[0]] = op.function().apply(a.get(at[1]), b.get(at[2])));
    return Tensor.of(type, result);
  }
}
