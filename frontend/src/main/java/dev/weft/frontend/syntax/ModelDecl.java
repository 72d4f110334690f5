package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code model gpt2(layers = 12) { … }}. */
public record ModelDecl(
    String documentation,
    Name name,
    List<SizeParameter> parameters,
    List<Statement> body,
    Span span)
    implements Declaration {
  public ModelDecl {
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
  }
}
