package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/**
 * A comment, from its two slashes to the end of its line.
 *
 * @param ownLine whether nothing but space stands before it on its line
 */
public record Comment(String text, boolean ownLine, Span span) {
  /** Whether this is a line of documentation for the declaration below it. */
  public boolean isDocumentation() {
    return text.startsWith("//!");
  }
}
