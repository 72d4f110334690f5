package dev.weft.frontend.check;

import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Makes terms, computing what is known now: numbers become scales and shifts of tensors. */
final class TermMath {
  private TermMath() {}

  static Term apply(UnaryFunction function, Term inner, Span span) {
    return inner instanceof Term.Constant(double value, var at)
        ? constant(function.apply(value), span)
        : new Term.Apply(function, inner, span);
  }

  static Term pairwise(BinaryFunction function, Term left, Term right, Span span) {
    if (left instanceof Term.Constant(double a, var at)) {
      if (right instanceof Term.Constant(double b, var there)) {
        return constant(function.apply(a, b), span);
      }
      return switch (function) {
        case ADD -> Term.Linear.of(1, a, right, span);
        case SUB -> Term.Linear.of(-1, a, right, span);
        default -> new Term.Pairwise(function, left, right, span);
      };
    }
    if (right instanceof Term.Constant(double b, var at)) {
      return switch (function) {
        case ADD -> Term.Linear.of(1, b, left, span);
        case SUB -> Term.Linear.of(1, -b, left, span);
        default -> new Term.Pairwise(function, left, right, span);
      };
    }
    return new Term.Pairwise(function, left, right, span);
  }

  static Term product(List<Term> factors, List<Term> divisors, Span span) {
    double scale = 1;
    var tensors = new ArrayList<Term>();
    for (var factor : factors) {
      if (factor instanceof Term.Constant(double value, var at)) {
        scale *= value;
      } else {
        tensors.add(factor);
      }
    }
    var below = new ArrayList<Term>();
    for (var divisor : divisors) {
      if (divisor instanceof Term.Constant(double value, var at)) {
        scale /= value;
      } else {
        below.add(divisor);
      }
    }
    return scaled(finite(scale, span), tensors, below, span);
  }

  private static Term scaled(double scale, List<Term> factors, List<Term> divisors, Span span) {
    if (!factors.isEmpty()) {
      boolean alone = factors.size() == 1 && divisors.isEmpty();
      var product = alone ? factors.getFirst() : new Term.Product(factors, divisors, span);
      return Term.Linear.of(scale, 0, product, span);
    }
    Term result = new Term.Constant(scale, span);
    for (var divisor : divisors) {
      result = new Term.Pairwise(BinaryFunction.DIV, result, divisor, span);
    }
    return result;
  }

  private static Term constant(double value, Span span) {
    return new Term.Constant(finite(value, span), span);
  }

  private static double finite(double value, Span span) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new Refusal(CheckCode.NUMBER_RANGE, span, "`" + span.text() + "` is " + value);
    }
    return value;
  }
}
