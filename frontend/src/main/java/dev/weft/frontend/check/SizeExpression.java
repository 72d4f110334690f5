package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BinaryExpression;
import dev.weft.frontend.syntax.BooleanLiteral;
import dev.weft.frontend.syntax.BracketExpression;
import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.ListExpression;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.NegateExpression;
import dev.weft.frontend.syntax.NumberLiteral;
import dev.weft.frontend.syntax.ParenthesizedExpression;
import dev.weft.frontend.syntax.RenameExpression;
import dev.weft.ir.source.Diagnostic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/** Exact integer arithmetic on sizes. */
final class SizeExpression {
  /** The largest size: 2^40. */
  static final long LARGEST = 1L << 40;

  private final SizeNames names;

  private SizeExpression(SizeNames names) {
    this.names = names;
  }

  /**
   * The size, between 1 and {@link #LARGEST}; empty where something in it is unknown.
   *
   * @throws Refusal where the expression is no size
   */
  static OptionalLong size(Expression expression, SizeNames names) {
    return inRange(expression, new SizeExpression(names).exact(expression), BigInteger.ONE);
  }

  /** As {@link #size}, 0 being admitted. */
  static OptionalLong index(Expression expression, SizeNames names) {
    return inRange(expression, new SizeExpression(names).exact(expression), BigInteger.ZERO);
  }

  private static OptionalLong inRange(
      Expression expression, Optional<BigInteger> exact, BigInteger least) {
    if (exact.isEmpty()) {
      return OptionalLong.empty();
    }
    var value = exact.get();
    if (value.compareTo(least) < 0 || value.compareTo(BigInteger.valueOf(LARGEST)) > 0) {
      var text = expression.span().text().strip();
      var shown = value.toString().equals(text) ? "`" + text + "`" : "`" + text + "` is " + value;
      var wanted =
          value.compareTo(least) < 0 ? ", and must be at least " + least : ", which is too large";
      throw new Refusal(CheckCode.SIZE_RANGE, expression.span(), shown + wanted);
    }
    return OptionalLong.of(value.longValueExact());
  }

  private Optional<BigInteger> exact(Expression expression) {
    return switch (expression) {
      case NumberLiteral number -> Optional.of(whole(number));
      case NameExpression name -> named(name);
      case ParenthesizedExpression inner -> exact(inner.inner());
      case NegateExpression negated -> exact(negated.operand()).map(BigInteger::negate);
      case BinaryExpression binary -> binary(binary);
      case BooleanLiteral other -> throw notASize(other);
      case ListExpression other -> throw notASize(other);
      case CallExpression other -> throw notASize(other);
      case BracketExpression other -> throw notASize(other);
      case RenameExpression other -> throw notASize(other);
    };
  }

  private static BigInteger whole(NumberLiteral literal) {
    if (Literal.number(literal) > LARGEST) {
      throw new Refusal(
          CheckCode.SIZE_RANGE, literal.span(), "`" + literal.text() + "` is too large");
    }
    BigDecimal value = literal.value();
    if (value.stripTrailingZeros().scale() > 0) {
      throw new Refusal(
          CheckCode.NOT_AN_INTEGER, literal.span(), "`" + literal.text() + "` is not whole");
    }
    return value.toBigIntegerExact();
  }

  private Optional<BigInteger> named(NameExpression name) {
    var text = name.name().text();
    var size = names.size(text);
    names.number(text).ifPresent(number -> refuse(name.name(), number));
    if (size.isEmpty()) {
      throw new Refusal(
          Suggest.among(
              names.sizeNames(),
              name.name(),
              CheckCode.UNKNOWN_SIZE,
              "no size `" + text + "` is known here"));
    }
    var value = size.get().value();
    return value.isPresent()
        ? Optional.of(BigInteger.valueOf(value.getAsLong()))
        : Optional.empty();
  }

  /** A parameter that is a number is meant where a size is wanted. */
  static void refuse(Name name, SizeTable.Parameter number) {
    throw new Refusal(
        Diagnostic.of(
                CheckCode.NOT_AN_INTEGER, name.span(), "`" + name + "` is a number, not a size")
            .note(number.declared(), "its default is written with a decimal point"));
  }

  private Optional<BigInteger> binary(BinaryExpression binary) {
    var left = exact(binary.left());
    var right = exact(binary.right());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    var a = left.get();
    var b = right.get();
    return Optional.of(
        switch (binary.operator()) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE -> new SizeDivision(binary, names).quotient(a, b);
        });
  }

  private static Refusal notASize(Expression expression) {
    return new Refusal(
        CheckCode.NOT_A_SIZE,
        expression.span(),
        "`" + expression.span().text() + "` is not a size");
  }
}
