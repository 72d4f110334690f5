package dev.weft.runtime.oracle;

import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tensors laid end to end in a vector, and back. */
final class Packing {
  private Packing() {}

  static Tensor pack(List<Tensor> in, TensorType type) {
    var result = new double[(int) type.elements()];
    int next = 0;
    for (var x : in) {
      for (int i = 0; i < x.size(); i++) {
        result[next++] = x.get(i);
      }
    }
    return Tensor.of(type, result);
  }

  static List<Tensor> unpack(Unpack op, Tensor flat) {
    var parts = new ArrayList<Tensor>();
    int next = 0;
    for (var type : op.parts()) {
      int start = next;
      parts.add(Tensor.generate(type, i -> flat.get(start + i)));
      next += (int) type.elements();
    }
    return parts;
  }
}
