package dev.weft.testsuite.harness;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The claim that a line is found wrong: {@code // error[W0321]: part of the message}.
 *
 * @param line the offending line, counted from 1
 */
record Annotation(int line, String severity, String code, String part) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*// (error|warning|note)\\[(W\\d{4})]: ?((?:(?! // error\\[| // warn).)*)");

  /** Those that stand in a line. */
  static List<Annotation> in(String text, int line) {
    return FORM.matcher(text)
        .results()
        .map(m -> new Annotation(line, m.group(1), m.group(2), m.group(3).strip()))
        .toList();
  }

  /** A line without them. */
  static String without(String text) {
    return FORM.matcher(text).replaceAll("");
  }

  boolean matches(Finding finding) {
    return finding.line() == line
        && finding.severity().equals(severity)
        && finding.code().equals(code)
        && finding.message().contains(part);
  }

  @Override
  public String toString() {
    return "line " + line + ": " + severity + "[" + code + "]: " + part;
  }
}
