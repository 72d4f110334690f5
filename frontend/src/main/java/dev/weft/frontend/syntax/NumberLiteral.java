package dev.weft.frontend.syntax;

import dev.weft.ir.source.Span;
import java.math.BigDecimal;

/**
 * {@code 12}, {@code 0.02}, {@code 6e-4}, {@code 1_000}.
 *
 * @param text as it was written
 */
public record NumberLiteral(String text, Span span) implements Expression {
  /** The number, exactly as its digits say. */
  public BigDecimal value() {
    return new BigDecimal(text.replace("_", ""));
  }

  /** Whether it was written without a point and without an exponent. */
  public boolean isInteger() {
    return text.chars().allMatch(c -> c == '_' || (c >= '0' && c <= '9'));
  }
}
