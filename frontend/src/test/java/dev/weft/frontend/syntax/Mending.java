package dev.weft.frontend.syntax;

import dev.weft.ir.source.Edit;
import java.util.Comparator;
import java.util.List;

/** Does to a text what the fix of a diagnostic says. */
final class Mending {
  private Mending() {}

  static String apply(String text, List<Edit> edits) {
    var result = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt((Edit e) -> e.span().start()).reversed())
        .forEach(e -> result.replace(e.span().start(), e.span().end(), e.replacement()));
    return result.toString();
  }
}
