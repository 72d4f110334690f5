package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;

/**
 * {@code (e)}. Parentheses are kept because they bound a product: {@code a * b * c} is one product
 * of three factors, {@code a * (b * c)} is a product of {@code a} and another product.
 */
public record ParenthesizedExpression(Expression inner, Span span) implements Expression {}
