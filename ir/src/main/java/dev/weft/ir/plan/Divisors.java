package dev.weft.ir.plan;

import java.util.ArrayList;
import java.util.List;

/** The numbers that divide a size: the degrees to which it can be cut. */
public final class Divisors {
  private Divisors() {}

  /** In ascending order. */
  public static List<Long> of(long size) {
    var small = new ArrayList<Long>();
    var large = new ArrayList<Long>();
    for (long d = 1; d <= size / d; d++) {
      if (size % d == 0) {
        small.add(d);
        if (d != size / d) {
          large.add(size / d);
        }
      }
    }
    small.addAll(large.reversed());
    return small;
  }

  /** The one that is nearest to a number; the smaller where two are equally near. */
  public static long nearest(long size, long wanted) {
    long nearest = 1;
    for (long d : of(size)) {
      if (Math.abs(d - wanted) < Math.abs(nearest - wanted)) {
        nearest = d;
      }
    }
    return nearest;
  }
}
