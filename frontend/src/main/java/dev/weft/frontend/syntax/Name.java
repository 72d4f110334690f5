package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/** A word that the user chose: of an axis, a tensor, a size, a block, a preset. */
public record Name(String text, Span span) implements SyntaxNode {
  @Override
  public String toString() {
    return text;
  }
}
