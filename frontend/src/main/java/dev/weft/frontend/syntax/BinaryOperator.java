package dev.weft.frontend.syntax;

/** The operators between two expressions; all of them group to the left. */
public enum BinaryOperator {
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  /** Whether it binds tighter than {@code +} and {@code -}. */
  public boolean isMultiplicative() {
    return this == MULTIPLY || this == DIVIDE;
  }
}
