package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Name;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Suggestions;
import java.util.Collection;

/** Diagnostics of names that nothing bears, with what was probably meant. */
final class Suggest {
  /** Longer lists of choices help nobody. */
  private static final int MOST_CHOICES = 12;

  private Suggest() {}

  /** The diagnostic, with a fix where one candidate is near and else the choice. */
  static Diagnostic among(Collection<String> candidates, Name name, Code code, String message) {
    var diagnostic = Diagnostic.of(code, name.span(), message);
    var closest = Suggestions.closest(name.text(), candidates);
    if (closest.isPresent()) {
      return diagnostic
          .note("did you mean `" + closest.get() + "`?")
          .fix(name.span(), closest.get());
    }
    if (candidates.isEmpty() || candidates.size() > MOST_CHOICES) {
      return diagnostic;
    }
    return diagnostic.note("known here: " + String.join(", ", candidates));
  }
}
