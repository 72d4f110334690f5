package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.NegateExpression;
import dev.weft.frontend.syntax.NumberLiteral;
import dev.weft.ir.source.Code;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The constants of an optimizer, each in its range; a wrong one is reported and replaced. */
final class OptimizerConstants {
  private final CallExpression call;
  private final Findings findings;
  private Map<String, Expression> given = Map.of();

  OptimizerConstants(CallExpression call, Findings findings) {
    this.call = call;
    this.findings = findings;
  }

  OptimizerConstants read(String... names) {
    given = ArgumentMatch.of(call, List.of(names), findings).byName();
    return this;
  }

  /** A constant that must be given and be greater than 0. */
  double positive(String name) {
    var value = number(name);
    if (value.isEmpty() && !given.containsKey(name)) {
      findings.add(
          CheckCode.MISSING_ARGUMENT, call.span(), call.function() + " needs `" + name + "`");
    }
    return require(name, value.orElse(1), value.orElse(1) > 0, "greater than 0");
  }

  /** A constant in [0, 1). */
  double fraction(String name, double defaultValue) {
    double value = number(name).orElse(defaultValue);
    return require(name, value, value >= 0 && value < 1, "in [0, 1)");
  }

  double atLeastZero(String name, double defaultValue) {
    double value = number(name).orElse(defaultValue);
    return require(name, value, value >= 0, "at least 0");
  }

  private double require(String name, double value, boolean holds, String wanted) {
    var expression = given.get(name);
    if (!holds && expression != null) {
      report(
          CheckCode.RECIPE_VALUE,
          expression,
          "`%s` is %s, and must be %s".formatted(name, expression.span().text(), wanted));
    }
    return value;
  }

  private OptionalDouble number(String name) {
    var expression = given.get(name);
    if (expression == null) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(number(expression));
    } catch (Refusal refusal) {
      findings.add(refusal.diagnostic());
      return OptionalDouble.empty();
    }
  }

  private static double number(Expression expression) {
    return switch (expression) {
      case NumberLiteral literal -> Literal.number(literal);
      case NegateExpression negated -> -number(negated.operand());
      default ->
          throw new Refusal(
              CheckCode.RECIPE_VALUE,
              expression.span(),
              "`" + expression.span().text() + "` is not a number");
    };
  }

  private void report(Code code, Expression expression, String message) {
    findings.add(code, expression.span(), message);
  }
}
