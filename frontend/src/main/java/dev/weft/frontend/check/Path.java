package dev.weft.frontend.check;

import java.util.HashSet;
import java.util.Set;

/** The path of a body, from which its parameters get theirs: {@code blocks.attention}. */
final class Path {
  private final String prefix;
  private final Set<String> taken = new HashSet<>();

  private Path(String prefix) {
    this.prefix = prefix;
  }

  static Path top() {
    return new Path("");
  }

  /** The path of a call or repeat in this body; the second of one name is {@code name_2}. */
  Path child(String name) {
    return new Path(prefix + unique(name) + ".");
  }

  /** A name as {@link #child} makes it from this one, once more. */
  private String unique(String name) {
    var candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  /** The path of a parameter of this body. */
  String of(String param) {
    return prefix + param;
  }

  /** The last part: the name of the call or repeat. */
  String label() {
    var path = prefix.substring(0, prefix.length() - 1);
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
