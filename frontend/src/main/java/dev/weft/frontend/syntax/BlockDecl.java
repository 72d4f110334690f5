package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * {@code block mlp(x[..., model], ffn: axis) -> [..., model] { … }}.
 *
 * @param result the axes of what the block returns; absent where the block leaves them open
 */
public record BlockDecl(
    String documentation,
    Name name,
    List<Formal> formals,
    Optional<AxisPattern> result,
    List<Statement> body,
    Span span)
    implements Declaration {
  public BlockDecl {
    formals = List.copyOf(formals);
    body = List.copyOf(body);
  }
}
