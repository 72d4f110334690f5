package dev.weft.testsuite.harness;

import java.util.List;

/**
 * A block of expected text.
 *
 * @param name of the tool's run that gives it
 * @param line of the block's {@code //>}, counted from 0
 */
record Expected(String name, int line, List<String> text) {
  static final String SAME = "same";

  Expected {
    text = List.copyOf(text);
  }

  /** Whether the text is to be the case's own program. */
  boolean isSame() {
    return text.equals(List.of(SAME));
  }

  /** Number of lines in the file, with the first. */
  int height() {
    return 1 + text.size();
  }
}
