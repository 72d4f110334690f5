package dev.weft.runtime.oracle;

import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Sums, means and maxima over axes. */
final class Reductions {
  private Reductions() {}

  static Tensor reduce(Reduce op, Tensor x, TensorType type) {
    var result = new double[(int) type.elements()];
    if (op.function() == ReduceFunction.MAX) {
      Arrays.fill(result, Double.NEGATIVE_INFINITY);
    }
    Space.of(x.type())
        .walk(
            List.of(type, x.type()),
            at -> {
              double element = x.get(at[1]);
              result[at[0]] =
                  switch (op.function()) {
                    case SUM, MEAN -> result[at[0]] + element;
                    case MAX -> Math.max(result[at[0]], element);
                  };
            });
    if (op.function() == ReduceFunction.MEAN) {
      Arrays.setAll(result, i -> result[i] / op.count());
    }
    return Tensor.of(type, result);
  }
}
