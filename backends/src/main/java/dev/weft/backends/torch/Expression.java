package dev.weft.backends.torch;

import java.util.List;

/**
 * A Python expression and how tightly its outermost operator binds.
 *
 * @param binding one of the levels of this class; a looser operand of a tighter operator needs
 *     parentheses
 */
record Expression(String text, int binding) {
  static final int SUM = 1;
  static final int PRODUCT = 2;
  static final int SIGN = 3;
  static final int ATOM = 4;

  /** A name, a call, an index or an attribute. */
  static Expression atom(String text) {
    return new Expression(text, ATOM);
  }

  /** {@code function(arguments)}. */
  static Expression call(String function, List<String> arguments) {
    return atom(function + "(" + String.join(", ", arguments) + ")");
  }

  static Expression call(String function, String... arguments) {
    return call(function, List.of(arguments));
  }

  /** {@code left operator right}, for the left-associative operators. */
  static Expression infix(Expression left, String operator, int level, Expression right) {
    return new Expression(
        left.atLeast(level) + " " + operator + " " + right.atLeast(level + 1), level);
  }

  /** {@code this.call}, where the call is written with its arguments. */
  Expression method(String call) {
    return atom(atLeast(ATOM) + "." + call);
  }

  Expression index(String index) {
    return atom(atLeast(ATOM) + "[" + index + "]");
  }

  /** The text as an operand of an operator of some level. */
  String atLeast(int level) {
    return binding >= level ? text : "(" + text + ")";
  }

  /** Whether this is a plain variable. */
  boolean isName() {
    return text.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))
        && !Character.isDigit(text.charAt(0));
  }

  @Override
  public String toString() {
    return text;
  }
}
