package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BinaryExpression;
import dev.weft.frontend.syntax.BooleanLiteral;
import dev.weft.frontend.syntax.BracketExpression;
import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.ListExpression;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.NegateExpression;
import dev.weft.frontend.syntax.NumberLiteral;
import dev.weft.frontend.syntax.ParenthesizedExpression;
import dev.weft.frontend.syntax.RenameExpression;
import java.util.LinkedHashSet;
import java.util.OptionalDouble;

/** The value of a parameter that is a number: of numbers, earlier parameters, and + - * /. */
final class NumberExpression {
  private final SizeTable names;

  private NumberExpression(SizeTable names) {
    this.names = names;
  }

  /**
   * The number; empty where something in it is unknown, which has been reported.
   *
   * @throws Refusal where the expression is none
   */
  static OptionalDouble value(Expression expression, SizeTable names) {
    var value = new NumberExpression(names).value(expression);
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new Refusal(
          CheckCode.NUMBER_RANGE,
          expression.span(),
          "`" + expression.span().text() + "` is " + value.getAsDouble());
    }
    return value;
  }

  private OptionalDouble value(Expression expression) {
    return switch (expression) {
      case NumberLiteral literal -> OptionalDouble.of(Literal.number(literal));
      case NameExpression name -> named(name);
      case ParenthesizedExpression inner -> value(inner.inner());
      case NegateExpression negated -> negative(value(negated.operand()));
      case BinaryExpression binary -> binary(binary);
      case BooleanLiteral _,
          ListExpression _,
          CallExpression _,
          BracketExpression _,
          RenameExpression _ ->
          throw new Refusal(
              CheckCode.ARGUMENT_KIND,
              expression.span(),
              "`" + expression.span().text() + "` is no number");
    };
  }

  private static OptionalDouble negative(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(-value.getAsDouble()) : value;
  }

  private OptionalDouble named(NameExpression name) {
    var text = name.name().text();
    var number = names.number(text);
    if (number.isPresent()) {
      return number.get().value();
    }
    var size = names.size(text);
    if (size.isEmpty()) {
      var known = new LinkedHashSet<>(names.numberNames());
      known.addAll(names.sizeNames());
      throw new Refusal(
          Suggest.among(
              known,
              name.name(),
              CheckCode.UNKNOWN_NAME,
              "no number `" + text + "` is known here"));
    }
    var value = size.get().value();
    return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : OptionalDouble.empty();
  }

  private OptionalDouble binary(BinaryExpression binary) {
    var left = value(binary.left());
    var right = value(binary.right());
    if (left.isEmpty() || right.isEmpty()) {
      return OptionalDouble.empty();
    }
    double a = left.getAsDouble();
    double b = right.getAsDouble();
    return OptionalDouble.of(
        switch (binary.operator()) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
        });
  }
}
