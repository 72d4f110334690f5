package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code output logits}: values that the model gives back. */
public record OutputStatement(List<Name> names, Span span) implements Statement {
  public OutputStatement {
    names = List.copyOf(names);
  }
}
