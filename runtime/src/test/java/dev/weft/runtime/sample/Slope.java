package dev.weft.runtime.sample;

import dev.weft.ir.graph.Function;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Derivatives by central differences of the oracle. */
public final class Slope {
  private static final double STEP = 1e-5;

  private Slope() {}

  /** The derivative, by every entry of one input, of the function's only result, a scalar. */
  public static Tensor of(Function scalar, List<Tensor> inputs, int input) {
    var x = inputs.get(input);
    return Tensor.generate(
        x.type(),
        i ->
            (at(scalar, inputs, input, i, STEP) - at(scalar, inputs, input, i, -STEP))
                / (2 * STEP));
  }

  private static double at(
      Function scalar, List<Tensor> inputs, int input, int index, double step) {
    var x = inputs.get(input);
    var moved = new ArrayList<>(inputs);
    moved.set(input, Tensor.generate(x.type(), i -> i == index ? x.get(i) + step : x.get(i)));
    return Oracle.run(scalar, moved).getFirst().scalar();
  }
}
