package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.util.List;

/** {@code f(a, b, over: seq)}: a built-in function or a block. */
public record CallExpression(Name function, List<Argument> arguments, Span span)
    implements Expression {
  public CallExpression {
    arguments = List.copyOf(arguments);
  }
}
