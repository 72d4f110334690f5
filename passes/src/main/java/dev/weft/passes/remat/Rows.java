package dev.weft.passes.remat;

import dev.weft.ir.type.Dim;

/** Iterations of a loop one after the other: {@code count} of them from {@code first} on. */
record Rows(long first, long count) {
  Rows {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException("no rows: " + count + " from " + first);
    }
  }

  static Rows all(Dim axis) {
    return new Rows(0, axis.size());
  }

  static Rows between(long first, long end) {
    return new Rows(first, end - first);
  }

  long end() {
    return first + count;
  }

  boolean isAllOf(Dim axis) {
    return first == 0 && count == axis.size();
  }
}
