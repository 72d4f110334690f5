package dev.weft.backends.torch;

import java.util.List;

/** Comma-separated items over as many lines as they need. */
final class Wrapping {
  private Wrapping() {}

  /** Writes {@code prefix items suffix}, in parentheses of its own where one line is too short. */
  static void write(PythonWriter out, String prefix, List<String> items, String suffix) {
    var joined = String.join(", ", items);
    if (prefix.length() + joined.length() + suffix.length() <= out.room()) {
      out.line(prefix + joined + suffix);
      return;
    }
    boolean open = prefix.endsWith("(");
    out.line(prefix + (open ? "" : "("));
    out.indented(() -> fill(out, items));
    out.line(open ? suffix : ")" + suffix);
  }

  private static void fill(PythonWriter out, List<String> items) {
    var line = new StringBuilder();
    for (var item : items) {
      if (line.length() + item.length() + 2 > out.room()) {
        out.line(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(item).append(", ");
    }
    out.line(line.toString().stripTrailing());
  }
}
