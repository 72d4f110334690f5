package dev.weft.runtime.kernel;

import dev.weft.runtime.tensor.Tensor;
import java.util.Arrays;

/** The numbers of a tensor as an array and the place of the first; integers are converted. */
record Operand(double[] values, int start) {
  static Operand of(Tensor tensor) {
    return tensor.type().dtype().isFloat()
        ? new Operand(tensor.doubles(), tensor.offset())
        : new Operand(tensor.toArray(), 0);
  }

  /** The numbers alone, from index 0: a copy where the tensor is a view. */
  static double[] whole(Tensor tensor) {
    var operand = of(tensor);
    if (operand.start == 0 && operand.values.length == tensor.size()) {
      return operand.values;
    }
    return Arrays.copyOfRange(operand.values, operand.start, operand.start + tensor.size());
  }
}
