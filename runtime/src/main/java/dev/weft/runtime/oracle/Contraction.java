package dev.weft.runtime.oracle;

import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The sum of products over every axis that the result lacks. */
final class Contraction {
  private Contraction() {}

  static Tensor of(List<Tensor> in, TensorType type) {
    var types = new ArrayList<>(List.of(type));
    in.forEach(x -> types.add(x.type()));
    var space = Space.union(types.subList(1, types.size()));
    if (type.rank() > 0) {
      space = space.innermost(type.dims().getLast().axis());
    }
    var a = in.getFirst().toArray();
    var result = new double[(int) type.elements()];
    if (in.size() == 1) {
      space.walk(types, at -> result[at[0]] += a[at[1]]);
    } else {
      var b = in.get(1).toArray();
      space.walk(types, at -> result[at[0]] += a[at[1]] * b[at[2]]);
    }
    return Tensor.of(type, result);
  }
}
