package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.NegateExpression;
import dev.weft.frontend.syntax.NumberLiteral;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The constants of an optimizer, each in its range; a wrong one is reported and replaced. */
final class OptimizerConstants {
  /** Greater counts than any run has steps are mistakes. */
  private static final long MOST = 1_000_000_000_000L;

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

  boolean has(String name) {
    return given.containsKey(name);
  }

  /** What was written for a name, if anything. */
  Optional<Expression> find(String name) {
    return Optional.ofNullable(given.get(name));
  }

  /** A constant that must be given and be greater than 0. */
  double positive(String name) {
    var value = required(name);
    return require(name, value, 1, value.orElse(1) > 0, "greater than 0");
  }

  /** A constant in [0, 1). */
  double fraction(String name, double defaultValue) {
    var value = number(name);
    double known = value.orElse(defaultValue);
    return require(name, value, defaultValue, known >= 0 && known < 1, "in [0, 1)");
  }

  double atLeastZero(String name, double defaultValue) {
    var value = number(name);
    return require(name, value, defaultValue, value.orElse(defaultValue) >= 0, "at least 0");
  }

  /** A constant from {@code least} to {@code greatest}; {@code least} where it is not given. */
  double between(String name, double least, double greatest) {
    return between(name, least, greatest, least);
  }

  double between(String name, double least, double greatest, double defaultValue) {
    var value = number(name);
    double known = value.orElse(defaultValue);
    var range = "from " + spelled(least) + " to " + spelled(greatest);
    return require(name, value, defaultValue, known >= least && known <= greatest, range);
  }

  /** A whole number of at least 0. */
  long count(String name, long defaultValue) {
    return whole(name, number(name), 0, defaultValue);
  }

  /** A whole number that must be given and be greater than another. */
  long countAbove(String name, long least) {
    return whole(name, required(name), least + 1, least + 1);
  }

  /** A whole number that must be greater than another. */
  long countAbove(String name, long least, long defaultValue) {
    return whole(name, number(name), least + 1, defaultValue);
  }

  private long whole(String name, OptionalDouble value, long least, long defaultValue) {
    double known = value.orElse(defaultValue);
    boolean holds = known == Math.rint(known) && known >= least && known <= MOST;
    return (long) require(name, value, defaultValue, holds, "a whole number from " + least);
  }

  private OptionalDouble required(String name) {
    var value = number(name);
    if (value.isEmpty() && !given.containsKey(name)) {
      findings.add(
          CheckCode.MISSING_ARGUMENT, call.span(), call.function() + " needs `" + name + "`");
    }
    return value;
  }

  private double require(
      String name, OptionalDouble value, double instead, boolean holds, String wanted) {
    var expression = given.get(name);
    if (holds || expression == null) {
      return value.orElse(instead);
    }
    findings.add(
        CheckCode.RECIPE_VALUE,
        expression.span(),
        "`%s` is %s, and must be %s".formatted(name, expression.span().text(), wanted));
    return instead;
  }

  private OptionalDouble number(String name) {
    return find(name).map(e -> number(e, findings)).orElse(OptionalDouble.empty());
  }

  /** The number that an expression is; empty where it is none, which is reported. */
  static OptionalDouble number(Expression expression, Findings findings) {
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

  private static String spelled(double bound) {
    return bound == Math.rint(bound) && bound < MOST
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }
}
