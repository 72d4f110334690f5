package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Trainable tensors that share axes and start values.
 *
 * @param initializer a call such as {@code normal(0.02)} or a name such as {@code zeros}
 */
public record ParamGroup(
    List<Name> names, List<Name> axes, Optional<Expression> initializer, Span span)
    implements SyntaxNode {
  public ParamGroup {
    names = List.copyOf(names);
    axes = List.copyOf(axes);
  }
}
