package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BinaryExpression;
import dev.weft.frontend.syntax.BinaryOperator;
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
import dev.weft.ir.op.BinaryFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the term of an expression. Calls, gathers and names are evaluated on the way, from left to
 * right; a term is empty where something in it is unknown.
 */
final class TermBuilder {
  private final Expressions expressions;
  private final Scope scope;

  TermBuilder(Expressions expressions, Scope scope) {
    this.expressions = expressions;
    this.scope = scope;
  }

  /** The term of a whole expression; the hint names it where it is a call or a gather. */
  Optional<Term> root(Expression expression, String hint) {
    return expressions.isArithmetic(expression) ? build(expression) : leaf(expression, hint);
  }

  private Optional<Term> build(Expression expression) {
    return switch (expression) {
      case NumberLiteral e -> leaf(e);
      case BooleanLiteral e -> leaf(e);
      case NameExpression e -> leaf(e);
      case ListExpression e -> leaf(e);
      case BracketExpression e -> leaf(e);
      case RenameExpression e -> leaf(e);
      case ParenthesizedExpression e -> build(e.inner());
      case NegateExpression e -> build(e.operand()).map(t -> Term.Linear.of(-1, 0, t, e.span()));
      case BinaryExpression e -> binary(e);
      case CallExpression e -> expressions.isElementwise(e) ? elementwise(e) : leaf(e);
    };
  }

  private Optional<Term> leaf(Expression expression) {
    return leaf(expression, "");
  }

  private Optional<Term> leaf(Expression expression, String hint) {
    var meaning = expressions.simple(expression, scope, hint);
    return switch (meaning) {
      case Meaning.Tensor tensor -> Optional.of(new Term.Leaf(tensor, expression.span()));
      case Meaning.Number(double value) -> Optional.of(new Term.Constant(value, expression.span()));
      case Meaning.Truth truth ->
          throw new Refusal(
              CheckCode.NOT_A_TENSOR,
              expression.span(),
              "`" + expression.span().text() + "` is a truth value");
      case Meaning.Unknown unknown -> Optional.empty();
    };
  }

  private Optional<Term> elementwise(CallExpression call) {
    var name = call.function().text();
    var unary = Elementwise.unary(name);
    var parameters = unary.isPresent() ? List.of("x") : List.of("a", "b");
    var operands = new ArrayList<Optional<Term>>();
    for (var argument : expressions.required(call, parameters)) {
      operands.add(build(argument));
    }
    if (operands.size() != parameters.size() || operands.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    var first = operands.getFirst().orElseThrow();
    return Optional.of(
        unary
            .map(f -> TermMath.apply(f, first, call.span()))
            .orElseGet(
                () ->
                    TermMath.pairwise(
                        Elementwise.binary(name).orElseThrow(),
                        first,
                        operands.getLast().orElseThrow(),
                        call.span())));
  }

  private Optional<Term> binary(BinaryExpression e) {
    if (e.operator().isMultiplicative()) {
      return product(e);
    }
    var left = build(e.left());
    var right = build(e.right());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    var function = e.operator() == BinaryOperator.ADD ? BinaryFunction.ADD : BinaryFunction.SUB;
    return Optional.of(TermMath.pairwise(function, left.get(), right.get(), e.span()));
  }

  private Optional<Term> product(BinaryExpression e) {
    var factors = new ArrayList<Optional<Term>>();
    var divisors = new ArrayList<Optional<Term>>();
    collect(e, factors, divisors);
    if (factors.stream().anyMatch(Optional::isEmpty)
        || divisors.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(TermMath.product(present(factors), present(divisors), e.span()));
  }

  /** The factors and divisors of a chain such as {@code a * b / c * d}. */
  private void collect(Expression e, List<Optional<Term>> factors, List<Optional<Term>> divisors) {
    if (e instanceof BinaryExpression chain && chain.operator().isMultiplicative()) {
      collect(chain.left(), factors, divisors);
      var side = chain.operator() == BinaryOperator.MULTIPLY ? factors : divisors;
      side.add(build(chain.right()));
    } else {
      factors.add(build(e));
    }
  }

  private static List<Term> present(List<Optional<Term>> terms) {
    return terms.stream().flatMap(Optional::stream).toList();
  }
}
