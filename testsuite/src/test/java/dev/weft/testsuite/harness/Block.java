package dev.weft.testsuite.harness;

import java.util.List;

/**
 * A text in the lines {@code //| …}.
 *
 * @param kind who writes it
 * @param name of the run whose output it is, or of the file that it is
 * @param line of its head, counted from 1
 */
record Block(Kind kind, String name, int line, List<String> text) {
  static final String MARGIN = "//|";
  private static final String SAME = "same";

  /** What the text of a block is. */
  enum Kind {
    /** After {@code //> name}: what a tool prints. */
    EXPECTED("//> "),
    /** After {@code //< name}: a file that tools may read. */
    INPUT("//< ");

    private final String mark;

    Kind(String mark) {
      this.mark = mark;
    }

    String mark() {
      return mark;
    }
  }

  Block {
    text = List.copyOf(text);
  }

  /** Whether it says that the last pass, or the formatter, changes nothing. */
  boolean isSame() {
    return kind == Kind.EXPECTED && text.equals(List.of(SAME));
  }

  /** The line after it, counted from 1. */
  int end() {
    return line + 1 + text.size();
  }

  /** How a line of text stands in a block. */
  static String margined(String text) {
    return text.isEmpty() ? MARGIN : MARGIN + " " + text;
  }
}
