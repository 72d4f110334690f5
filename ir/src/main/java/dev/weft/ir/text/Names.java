package dev.weft.ir.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of one function's values, made unique in the order of definition: a hint is taken as it
 * is, then as {@code hint.1}, {@code hint.2}, ….
 */
final class Names {
  private final Set<String> used = new HashSet<>();
  private final Map<String, Integer> nextSuffix = new HashMap<>();

  /** Takes a name for a value. */
  String take(String hint) {
    var name = next(legal(hint));
    used.add(name);
    return name;
  }

  /** Whether a name is already that of a value. */
  boolean isTaken(String name) {
    return used.contains(name);
  }

  /**
   * The hint from which {@link #take} would make this name now; it takes the name. The printer and
   * the parser meet values in the same order, so that hints survive a round trip.
   */
  String takeBack(String name) {
    int dot = name.lastIndexOf('.');
    if (dot > 0 && next(name.substring(0, dot)).equals(name)) {
      used.add(name);
      return name.substring(0, dot);
    }
    used.add(name);
    return name;
  }

  private String next(String hint) {
    if (!used.contains(hint)) {
      return hint;
    }
    int suffix = nextSuffix.getOrDefault(hint, 1);
    while (used.contains(hint + "." + suffix)) {
      suffix++;
    }
    nextSuffix.put(hint, suffix);
    return hint + "." + suffix;
  }

  private static String legal(String hint) {
    var legal = new StringBuilder();
    hint.chars().forEach(c -> legal.append(Spelling.isNamePart((char) c) ? (char) c : '_'));
    return legal.isEmpty() ? "_" : legal.toString();
  }
}
