package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BindStatement;
import dev.weft.frontend.syntax.RepeatStatement;
import dev.weft.frontend.syntax.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that statements bind, nested repeats included, in order. */
final class Rebound {
  private Rebound() {}

  static Set<String> names(List<Statement> statements) {
    var names = new LinkedHashSet<String>();
    for (var statement : statements) {
      if (statement instanceof BindStatement bind) {
        names.add(bind.name().text());
      } else if (statement instanceof RepeatStatement repeat) {
        names.addAll(names(repeat.body()));
      }
    }
    return names;
  }
}
