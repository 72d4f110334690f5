package dev.weft.passes.core;

import java.util.HashSet;
import java.util.Set;

/** Names of which none is given twice: {@code x}, {@code x_1}, {@code x_2}, …. */
public final class FreshNames {
  private final Set<String> taken = new HashSet<>();

  /** The name itself the first time, then the name with a number. */
  public String take(String name) {
    var fresh = name;
    for (int i = 1; !taken.add(fresh); i++) {
      fresh = name + "_" + i;
    }
    return fresh;
  }
}
