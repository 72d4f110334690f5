package dev.weft.runtime.oracle;

import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.DropoutMask;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Ops that leave out some elements, by where they stand. */
final class Dropping {
  /** Whether the element at a point stays; at each operand, where its element is. */
  private interface Choice {
    boolean stays(int[] at);
  }

  private Dropping() {}

  static Tensor dropout(Dropout op, List<Tensor> in) {
    int last = in.size() - 1;
    return chosen(
        in,
        at -> {
          long hash = DropoutMask.start(op);
          for (int i = 1; i < last; i++) {
            hash = DropoutMask.absorb(hash, in.get(i).getInt(at[i]));
          }
          int position = in.get(last).getInt(at[last]);
          return DropoutMask.bits(hash, position) >= DropoutMask.threshold(op);
        },
        op.scale(),
        0);
  }

  static Tensor masked(CausalMask op, List<Tensor> in) {
    return chosen(in, at -> in.get(1).getInt(at[1]) >= in.get(2).getInt(at[2]), 1, op.value());
  }

  /** The first operand times a factor, with another value in place of what does not stay. */
  private static Tensor chosen(List<Tensor> in, Choice choice, double factor, double otherwise) {
    var x = in.getFirst();
    var result = new double[x.size()];
    Space.of(x.type())
        .walk(
            in.stream().map(Tensor::type).toList(),
            at -> result[at[0]] = choice.stays(at) ? x.get(at[0]) * factor : otherwise);
    return Tensor.of(x.type(), result);
  }
}
