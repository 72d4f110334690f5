package dev.weft.backends.torch;

import java.util.ArrayList;
import java.util.List;

/** Python text line by line: indentation, trailing comments in a column, blank lines, headings. */
final class PythonWriter {
  private static final int COMMENT_COLUMN = 64;
  private static final int WIDTH = 100;
  private static final int WIDTH_WITH_COMMENT = 130;

  private final List<String> lines = new ArrayList<>();
  private final int margin;
  private int depth;

  PythonWriter() {
    this(0);
  }

  /**
   * A writer of lines that will be indented further.
   *
   * @param margin by how many columns
   */
  PythonWriter(int margin) {
    this.margin = margin;
  }

  PythonWriter line(String text) {
    lines.add(text.isEmpty() ? "" : "    ".repeat(depth) + text);
    return this;
  }

  /** Lines of fixed text, indented as they are plus the current depth. */
  PythonWriter lines(String text) {
    text.stripTrailing().lines().forEach(this::line);
    return this;
  }

  /** A line with a comment, which starts in a common column where the code allows. */
  PythonWriter line(String code, String comment) {
    if (comment.isEmpty()) {
      return line(code);
    }
    var indented = "    ".repeat(depth) + code;
    int column = Math.max(indented.length() + 2, COMMENT_COLUMN - margin);
    if (margin + column + 2 + comment.length() > WIDTH_WITH_COMMENT) {
      return line("# " + comment).line(code);
    }
    lines.add(indented + " ".repeat(column - indented.length()) + "# " + comment);
    return this;
  }

  PythonWriter blank() {
    if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
      lines.add("");
    }
    return this;
  }

  /** Two blank lines, as before a definition at the top level. */
  PythonWriter gap() {
    blank();
    lines.add("");
    return this;
  }

  /** {@code # ---- title ----…}. */
  PythonWriter section(String title) {
    var start = "# ---- " + title + " ";
    return line(start + "-".repeat(Math.max(4, WIDTH - start.length())));
  }

  /** Writes the body of a compound statement one level deeper. */
  PythonWriter indented(Runnable body) {
    depth++;
    body.run();
    depth--;
    return this;
  }

  /** Columns that code at the current depth may fill before its comment. */
  int room() {
    return WIDTH - margin - 4 * depth;
  }

  String text() {
    return String.join("\n", lines).stripTrailing() + "\n";
  }
}
