package dev.weft.testsuite.harness;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.runtime.oracle.Oracle;
import dev.weft.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Central differences of a model's loss by one of its weights, against a gradient. */
record Differences(Function model, Map<String, Tensor> inputs, String weight) {
  /** With step h the differences are off by h² and by rounding / h: some 1e-9 for h = 1e-5. */
  private static final double STEP = 1e-5;

  static final double TOLERANCE = 1e-7;
  private static final double SMALLEST_SCALE = 1e-3;
  private static final int MOST_ELEMENTS = 12;

  /** The largest error among some elements, relative to the largest of the gradient. */
  double largestError(Tensor gradient) {
    double scale = SMALLEST_SCALE;
    for (int i = 0; i < gradient.size(); i++) {
      scale = Math.max(scale, Math.abs(gradient.get(i)));
    }
    double error = 0;
    int stride = Math.max(1, gradient.size() / MOST_ELEMENTS);
    for (int i = 0; i < gradient.size(); i += stride) {
      double slope = (loss(i, STEP) - loss(i, -STEP)) / (2 * STEP);
      error = Math.max(error, Math.abs(slope - gradient.get(i)) / scale);
    }
    return error;
  }

  private double loss(int element, double change) {
    var changed = new HashMap<>(inputs);
    changed.computeIfPresent(weight, (_, tensor) -> shifted(tensor, element, change));
    int loss = model.output(Port.Loss.class).orElseThrow();
    return Oracle.run(model, GradientsTool.inOrder(model, changed)).get(loss).scalar();
  }

  private static Tensor shifted(Tensor tensor, int element, double change) {
    return Tensor.generate(tensor.type(), i -> tensor.get(i) + (i == element ? change : 0));
  }
}
