package dev.weft.runtime.oracle;

import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.DropoutMask;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Ops that leave out some elements, by where they stand. */
final class Dropping {
  private Dropping() {}

  static Tensor dropout(Dropout op, List<Tensor> in) {
    var x = in.getFirst();
    var result = new double[x.size()];
    Space.of(x.type())
        .walk(
            in.stream().map(Tensor::type).toList(),
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

  static Tensor masked(CausalMask op, List<Tensor> in) {
    var x = in.getFirst();
    var result = new double[x.size()];
    Space.of(x.type())
        .walk(
            in.stream().map(Tensor::type).toList(),
            at -> {
              boolean seen = in.get(1).getInt(at[1]) >= in.get(2).getInt(at[2]);
              result[at[0]] = seen ? x.get(at[0]) : op.value();
            });
    return Tensor.of(x.type(), result);
  }
}
