package dev.weft.cli.validate;

/**
 * The publication that a source belongs to: its name up to the first comma outside of parentheses,
 * since sources name tables and sections of one paper.
 */
final class Publication {
  private Publication() {}

  static String of(String source) {
    int depth = 0;
    for (int i = 0; i < source.length(); i++) {
      switch (source.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case ',' -> {
          if (depth <= 0) {
            return source.substring(0, i);
          }
        }
        default -> {
          // Part of the name.
        }
      }
    }
    return source;
  }
}
