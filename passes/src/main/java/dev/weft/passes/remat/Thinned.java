package dev.weft.passes.remat;

import java.util.ArrayList;
import java.util.List;

/** An even part of a list. */
final class Thinned {
  private Thinned() {}

  /** The first, the last, and others at even distances; all where they are few. */
  static <T> List<T> to(int limit, List<T> all) {
    if (all.size() <= limit) {
      return all;
    }
    var some = new ArrayList<T>();
    for (int i = 0; i < limit; i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / (limit - 1))));
    }
    return some;
  }
}
