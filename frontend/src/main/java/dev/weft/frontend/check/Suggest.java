package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Name;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Suggestions;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Diagnostics of names that nothing bears, with what was probably meant. */
final class Suggest {
  /** Longer lists of choices help nobody. */
  private static final int MOST_CHOICES = 12;

  private Suggest() {}

  /**
   * The diagnostic, with the nearest candidate or else the choice. There is a fix where the letters
   * are those of the candidate, out of order, in another case or without its underscores.
   */
  static Diagnostic among(Collection<String> candidates, Name name, Code code, String message) {
    var diagnostic = Diagnostic.of(code, name.span(), message);
    var closest = Suggestions.closest(name.text(), candidates);
    if (closest.isPresent()) {
      var asked = diagnostic.note("did you mean `" + closest.get() + "`?");
      return letters(closest.get()).equals(letters(name.text()))
          ? asked.fix(name.span(), closest.get())
          : asked;
    }
    if (candidates.isEmpty() || candidates.size() > MOST_CHOICES) {
      return diagnostic;
    }
    return diagnostic.note("known here: " + String.join(", ", candidates));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT)
        .chars()
        .filter(c -> c != '_')
        .sorted()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
