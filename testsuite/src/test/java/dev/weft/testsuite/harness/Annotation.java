package dev.weft.testsuite.harness;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A diagnostic that must be reported.
 *
 * @param line that it speaks of, counted from 1
 * @param part of the message
 */
record Annotation(int line, String severity, String code, String part) {
  private static final Pattern FORM =
      Pattern.compile("// (error|warning|note)\\[(W\\d+)\\]: (.*\\S)\\s*$");

  /** The annotation of a line, if it has one. */
  static Optional<Annotation> find(String text, int line) {
    var found = FORM.matcher(text);
    return found.find()
        ? Optional.of(new Annotation(line, found.group(1), found.group(2), found.group(3)))
        : Optional.empty();
  }

  /** Whether a line holds nothing else: then the annotation speaks of the next line. */
  static boolean isAlone(String text) {
    var stripped = text.strip();
    return FORM.matcher(stripped).lookingAt();
  }

  Annotation on(int otherLine) {
    return new Annotation(otherLine, severity, code, part);
  }

  boolean matches(Diagnostic diagnostic, String file) {
    return severity.equals(diagnostic.code().severity().name().toLowerCase(Locale.ROOT))
        && code.equals(diagnostic.code().id())
        && diagnostic.message().contains(part)
        && isHere(diagnostic.span(), file);
  }

  private boolean isHere(Span span, String file) {
    boolean elsewhere = span.equals(Span.NONE) || !span.source().name().equals(file);
    return elsewhere || span.source().line(span.start()) == line;
  }

  @Override
  public String toString() {
    return severity + "[" + code + "]: " + part;
  }
}
