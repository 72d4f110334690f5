package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BindStatement;
import dev.weft.frontend.syntax.RepeatStatement;
import dev.weft.frontend.syntax.Statement;
import dev.weft.ir.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The names that statements bind, nested repeats included, in order, each with its last place. */
final class Rebound {
  private Rebound() {}

  static SequencedMap<String, Span> names(List<Statement> statements) {
    var names = new LinkedHashMap<String, Span>();
    for (var statement : statements) {
      if (statement instanceof BindStatement bind) {
        names.put(bind.name().text(), bind.name().span());
      } else if (statement instanceof RepeatStatement repeat) {
        names.putAll(names(repeat.body()));
      }
    }
    return names;
  }
}
