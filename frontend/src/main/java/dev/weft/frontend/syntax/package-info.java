/**
 * From text to a syntax tree and back.
 *
 * <p>{@link dev.weft.frontend.syntax.SyntaxParser} reads a source into a {@link
 * dev.weft.frontend.syntax.SyntaxTree}; {@link dev.weft.frontend.syntax.Formatter} writes one in
 * canonical layout. The tree says what was written and nothing about what it means; that is the
 * business of {@code dev.weft.frontend.check}.
 *
 * <p>Never: a type of ANTLR in a public signature; an exception because of what a user wrote; a
 * tree without spans.
 */
@NullMarked
package dev.weft.frontend.syntax;

import org.jspecify.annotations.NullMarked;
