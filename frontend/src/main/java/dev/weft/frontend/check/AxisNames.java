package dev.weft.frontend.check;

import dev.weft.ir.type.Dim;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of axes in the program. One name is one axis with one size: the same local axis of a
 * block, in two calls with the same sizes, is one axis; with other sizes, another one.
 */
final class AxisNames {
  private record Claim(long size, Object owner) {}

  private final Map<String, Claim> claims = new HashMap<>();

  /**
   * A name for an axis that a body makes, such as {@code source} or, where that is taken for
   * another axis, {@code source_2}.
   *
   * @param owner the place in the source that makes the axis
   */
  Dim claim(String wanted, long size, Object owner) {
    var claim = new Claim(size, owner);
    for (int i = 1; ; i++) {
      var name = i == 1 ? wanted : wanted + "_" + i;
      var before = claims.putIfAbsent(name, claim);
      if (before == null || before.equals(claim)) {
        return new Dim(name, size);
      }
    }
  }

  /** Keeps a name for an axis of the model. */
  void reserve(String name, long size) {
    claims.put(name, new Claim(size, this));
  }
}
