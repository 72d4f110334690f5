package dev.weft.ir.text;

import java.util.Locale;

/** How names, texts and numbers are spelt; the same on every machine and in every locale. */
final class Spelling {
  private Spelling() {}

  /** Whether a character may stand anywhere in a value's name. */
  static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '.';
  }

  /** Whether a character may begin a bare word. */
  static boolean isWordStart(char c) {
    return isNamePart(c) && !(c >= '0' && c <= '9') && c != '.';
  }

  /** A bare word where the text is one, else quoted. */
  static String name(String text) {
    boolean bare =
        !text.isEmpty()
            && !text.equals("_")
            && isWordStart(text.charAt(0))
            && text.chars().allMatch(c -> isNamePart((char) c));
    return bare ? text : quoted(text);
  }

  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> out.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
      }
    }
    return out.append('"').toString();
  }

  /** The shortest decimal that reads back as the same number. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Double.toString(value);
  }

  static String constant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
