package dev.weft.runtime.oracle;

import dev.weft.ir.op.Rope;
import dev.weft.ir.op.RopeDirection;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Rotary position embedding. */
final class Rotating {
  private Rotating() {}

  static Tensor rope(Rope op, Tensor x, Tensor positions) {
    var result = new double[x.size()];
    int stride = Space.stride(x.type(), op.feature());
    int half = (int) x.type().dim(op.feature()).size() / 2;
    double sign = op.direction() == RopeDirection.FORWARD ? 1 : -1;
    var pair = TensorType.of(positions.type().dtype(), new Dim(op.feature(), half));
    new Space(halved(x.type(), op.feature(), half))
        .walk(
            List.of(x.type(), positions.type(), pair),
            at -> {
              double turn = Math.pow(op.base(), -(double) at[2] / half);
              double angle = sign * positions.getInt(at[1]) * turn;
              double low = x.get(at[0]);
              double high = x.get(at[0] + half * stride);
              result[at[0]] = low * Math.cos(angle) - high * Math.sin(angle);
              result[at[0] + half * stride] = high * Math.cos(angle) + low * Math.sin(angle);
            });
    return Tensor.of(x.type(), result);
  }

  private static List<Dim> halved(TensorType type, String feature, int half) {
    return type.dims().stream().map(d -> d.axis().equals(feature) ? d.resized(half) : d).toList();
  }
}
