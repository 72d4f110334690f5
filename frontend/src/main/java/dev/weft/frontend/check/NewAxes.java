package dev.weft.frontend.check;

import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;

/** The axes that a call gives to its result in the place of others. */
final class NewAxes {
  private NewAxes() {}

  /** None of them may occur twice, or in the rest of the result. */
  static void requireNew(List<Dim> dims, TensorType rest, Span span) {
    var seen = new HashSet<>(rest.axes());
    for (var dim : dims) {
      if (!seen.add(dim.axis())) {
        throw new Refusal(
            CheckCode.AXIS_TWICE, span, "the result would bear `" + dim.axis() + "` twice");
      }
    }
  }

  /** The size of all together, or the largest number where that is more. */
  static long product(List<Dim> dims) {
    var product =
        dims.stream()
            .map(d -> BigInteger.valueOf(d.size()))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    return product.bitLength() < Long.SIZE ? product.longValueExact() : Long.MAX_VALUE;
  }
}
