package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;

/** {@code repeat layers as blocks { … }}. */
public record RepeatStatement(
    Expression count, Optional<Name> label, List<Statement> body, Span span) implements Statement {
  public RepeatStatement {
    body = List.copyOf(body);
  }
}
