package dev.weft.frontend.check;

import dev.weft.frontend.syntax.NumberLiteral;

/** Numbers as they were written. */
final class Literal {
  /** More digits of exponent than any number that floating point holds needs. */
  private static final int LONGEST = 400;

  private Literal() {}

  /**
   * The nearest floating-point number.
   *
   * @throws Refusal where there is none near
   */
  static double number(NumberLiteral literal) {
    double value = Double.parseDouble(literal.text().replace("_", ""));
    if (Double.isInfinite(value) || literal.text().length() > LONGEST || vanishes(literal, value)) {
      throw new Refusal(
          CheckCode.NUMBER_RANGE, literal.span(), "`" + literal.text() + "` is out of range");
    }
    return value;
  }

  /** Whether a number other than zero is too small to be told from zero. */
  private static boolean vanishes(NumberLiteral literal, double value) {
    int exponent = literal.text().toLowerCase(java.util.Locale.ROOT).indexOf('e');
    var mantissa = exponent < 0 ? literal.text() : literal.text().substring(0, exponent);
    return value == 0 && mantissa.chars().anyMatch(c -> c >= '1' && c <= '9');
  }
}
