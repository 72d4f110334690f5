package dev.weft.runtime.sample;

import dev.weft.ir.graph.Op;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Select;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.op.UnaryGrad;
import dev.weft.ir.type.DType;
import dev.weft.runtime.tensor.Tensor;

/** Random applications of the ops that treat each element by itself. */
final class PointwiseCases {
  private PointwiseCases() {}

  static OpCase affine(Draw draw) {
    return OpCase.of(new Affine(-1.5, draw.oneOf(0.0, 0.25)), draw.abc());
  }

  static OpCase binary(Draw draw) {
    var dims = draw.dims("a", "b", "c");
    var op = new Binary(draw.oneOf(BinaryFunction.values()));
    return OpCase.of(
        op,
        draw.tensor(draw.floats(draw.some(dims))),
        draw.positive(draw.floats(draw.chance() ? dims : draw.some(dims))));
  }

  static OpCase convert(Draw draw) {
    return OpCase.of(new Convert(draw.oneOf(DType.values())), draw.abc());
  }

  static OpCase fill(Draw draw) {
    return OpCase.of(new Fill(0.75, draw.floats(draw.dims("a", "b"))));
  }

  static OpCase select(Draw draw) {
    var type = draw.floats(draw.dims("a", "b"));
    return OpCase.of(
        new Select(),
        Tensor.scalar(DType.F64, draw.between(0, 1)),
        draw.tensor(type),
        draw.tensor(type));
  }

  static OpCase unary(Draw draw) {
    return OpCase.of(
        new Unary(draw.oneOf(UnaryFunction.values())),
        draw.positive(draw.floats(draw.dims("a", "b", "c"))));
  }

  static OpCase unaryGrad(Draw draw) {
    var kept = draw.positive(draw.floats(draw.dims("a", "b", "c")));
    Op op = new UnaryGrad(draw.oneOf(UnaryFunction.values()));
    return OpCase.of(op, kept, draw.tensor(draw.floats(kept.type().dims())));
  }
}
