package dev.weft.backends.torch;

import java.util.ArrayList;
import java.util.List;

/** Long lines over as many as they need. */
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
    out.line(open ? suffix.replace(",)", ")") : ")" + suffix);
  }

  /**
   * Writes a statement; where it is too long, the arguments of its first call over several lines.
   */
  static void line(PythonWriter out, String code, String comment) {
    int open = code.indexOf('(');
    int close = code.lastIndexOf(')');
    if (code.length() <= out.room() || open < 0 || closing(code, open) != close) {
      out.line(code, comment);
      return;
    }
    out.line(code.substring(0, open + 1), comment);
    out.indented(() -> fill(out, arguments(code.substring(open + 1, close))));
    out.line(code.substring(close));
  }

  /** The position of the parenthesis that closes the one at a position. */
  private static int closing(String code, int open) {
    int depth = 0;
    for (int i = open; i < code.length(); i++) {
      depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The text between commas outside of quotes, at any depth: a line may break after each. */
  private static List<String> arguments(String text) {
    var arguments = new ArrayList<String>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      if (text.charAt(i) == ',' && !quoted) {
        arguments.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    arguments.add(text.substring(start).strip());
    return arguments;
  }

  private static void fill(PythonWriter out, List<String> items) {
    var line = new StringBuilder();
    for (var item : items) {
      if (line.length() + item.length() + 2 > out.room() && !line.isEmpty()) {
        out.line(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(item).append(", ");
    }
    out.line(line.toString().stripTrailing());
  }
}
