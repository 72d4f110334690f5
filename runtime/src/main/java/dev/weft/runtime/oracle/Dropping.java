package dev.weft.runtime.oracle;

import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.DropoutMask;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Dropout by the definition of its mask, element by element. */
final class Dropping {
  private Dropping() {}

  static Tensor dropout(Dropout op, List<Tensor> in) {
    var x = in.getFirst();
    var types = new ArrayList<TensorType>();
    in.forEach(tensor -> types.add(tensor.type()));
    var result = new double[x.size()];
    Space.of(x.type())
        .walk(
            types,
            at -> {
              long hash = DropoutMask.start(op);
              for (int i = 1; i < in.size() - 1; i++) {
                hash = DropoutMask.absorb(hash, in.get(i).getInt(at[i]));
              }
              int last = in.getLast().getInt(at[in.size() - 1]);
              boolean kept = DropoutMask.bits(hash, last) >= DropoutMask.threshold(op);
              result[at[0]] = kept ? x.get(at[0]) * op.scale() : 0;
            });
    return Tensor.of(x.type(), result);
  }
}
