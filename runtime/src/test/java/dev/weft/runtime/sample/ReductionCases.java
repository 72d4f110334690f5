package dev.weft.runtime.sample;

import dev.weft.ir.op.Centering;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.NormalizeGrad;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.SoftmaxGrad;
import dev.weft.ir.type.Dim;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Random applications of the ops that sum, or take something else, over an axis. */
final class ReductionCases {
  private ReductionCases() {}

  /** Axes of every combination of bearers: both, one and the result, both and the result, one. */
  static OpCase contract(Draw draw) {
    var a = new ArrayList<Dim>();
    var b = new ArrayList<Dim>();
    var result = new ArrayList<String>();
    for (var axis : List.of("a", "b", "c", "d", "e", "f", "g")) {
      var dim = new Dim(axis, draw.oneOf(1, 2, 3, 7));
      int bearers = draw.between(1, 7);
      if ((bearers & 3) != 2) {
        a.add(dim);
      }
      if ((bearers & 3) >= 2) {
        b.add(dim);
      }
      if ((bearers & 4) != 0) {
        result.add(axis);
      }
    }
    return OpCase.of(
        new Contract(draw.shuffled(result)),
        draw.tensor(draw.floats(a)),
        draw.tensor(draw.floats(b)));
  }

  static OpCase contractOne(Draw draw) {
    var x = draw.abc();
    return OpCase.of(new Contract(draw.shuffled(draw.some(x.type().axes()))), x);
  }

  static OpCase reduce(Draw draw) {
    var x = draw.abc();
    var axes = draw.some(x.type().axes());
    return OpCase.of(Reduce.over(draw.oneOf(ReduceFunction.values()), axes, x.type()), x);
  }

  static OpCase normalize(Draw draw) {
    return OpCase.of(new Normalize("b", 1e-5, draw.oneOf(Centering.values())), wide(draw));
  }

  static OpCase normalizeGrad(Draw draw) {
    var y = draw.abc();
    var others = y.type().without(List.of("b")).dims();
    return OpCase.of(
        new NormalizeGrad("b", draw.oneOf(Centering.values())),
        y,
        draw.positive(draw.floats(others)),
        draw.tensor(draw.floats(y.type().dims())));
  }

  static OpCase softmax(Draw draw) {
    return OpCase.of(new Softmax("b"), draw.abc());
  }

  static OpCase softmaxGrad(Draw draw) {
    var y = draw.abc();
    return OpCase.of(new SoftmaxGrad("b"), y, draw.tensor(draw.floats(y.type().dims())));
  }

  /**
   * As {@link Draw#abc}, with at least three entries along b, so that their variance is no
   * rounding.
   */
  private static Tensor wide(Draw draw) {
    var dims = List.of(draw.dim("a"), new Dim("b", draw.between(3, 6)), draw.dim("c"));
    return draw.tensor(draw.floats(dims));
  }
}
