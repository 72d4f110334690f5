package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BinaryExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.NumberLiteral;
import dev.weft.ir.source.Diagnostic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A division of sizes: exact, or an explanation of what would be. */
record SizeDivision(BinaryExpression expression, SizeNames names) {
  /** Divisors are searched for among the nearest this many numbers. */
  private static final int REACH = 10_000;

  BigInteger quotient(BigInteger dividend, BigInteger divisor) {
    if (divisor.signum() == 0) {
      throw new Refusal(
          CheckCode.INEXACT_DIVISION, expression.span(), "division of " + dividend + " by zero");
    }
    var parts = dividend.divideAndRemainder(divisor);
    if (parts[1].signum() != 0) {
      throw new Refusal(inexact(dividend, divisor));
    }
    return parts[0];
  }

  private Diagnostic inexact(BigInteger dividend, BigInteger divisor) {
    var message =
        "`%s` is %s / %s, which leaves %s"
            .formatted(expression.span().text(), dividend, divisor, dividend.mod(divisor.abs()));
    var diagnostic = Diagnostic.of(CheckCode.INEXACT_DIVISION, expression.span(), message);
    var nearest = nearest(dividend, divisor);
    if (!nearest.isEmpty()) {
      diagnostic = diagnostic.note("nearest that divide: " + String.join(", ", nearest));
    }
    for (var side : new Expression[] {expression.left(), expression.right()}) {
      diagnostic = whereFrom(diagnostic, side);
    }
    return diagnostic;
  }

  private List<String> nearest(BigInteger dividend, BigInteger divisor) {
    var choices = new ArrayList<String>();
    if (isChosen(expression.left())) {
      var below = dividend.subtract(dividend.mod(divisor.abs()));
      Stream.of(below, below.add(divisor.abs()))
          .filter(multiple -> multiple.signum() > 0)
          .forEach(multiple -> choices.add(expression.left().span().text() + " = " + multiple));
    }
    if (isChosen(expression.right())) {
      divisorNear(dividend, divisor)
          .ifPresent(near -> choices.add(expression.right().span().text() + " = " + near));
    }
    return choices;
  }

  /** Whether a side can have another value: a number of the file cannot. */
  private static boolean isChosen(Expression side) {
    return !(side instanceof NumberLiteral);
  }

  private static Optional<BigInteger> divisorNear(BigInteger dividend, BigInteger divisor) {
    for (int distance = 1; distance < REACH; distance++) {
      for (int sign : new int[] {-1, 1}) {
        var candidate = divisor.add(BigInteger.valueOf((long) sign * distance));
        if (candidate.signum() > 0 && dividend.mod(candidate).signum() == 0) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private Diagnostic whereFrom(Diagnostic diagnostic, Expression side) {
    if (side instanceof NameExpression name) {
      var size = names.size(name.name().text());
      if (size.isPresent() && size.get().value().isPresent()) {
        var text = "`" + name.name() + "` is " + size.get().value().getAsLong() + " from here";
        return diagnostic.note(size.get().given(), text);
      }
    }
    return diagnostic;
  }
}
