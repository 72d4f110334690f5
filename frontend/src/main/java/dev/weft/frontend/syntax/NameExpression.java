package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** A name where a value is wanted. */
public record NameExpression(Name name) implements Expression {
  @Override
  public Span span() {
    return name.span();
  }
}
