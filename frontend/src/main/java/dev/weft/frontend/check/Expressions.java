package dev.weft.frontend.check;

import dev.weft.frontend.syntax.AxisPattern;
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
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Finds what expressions mean, writing the nodes that compute them. */
final class Expressions {
  private final Elaboration elaboration;
  private final Brackets brackets;
  private final Calls calls;

  Expressions(Elaboration elaboration) {
    this.elaboration = elaboration;
    this.brackets = new Brackets(elaboration, this);
    this.calls = new Calls(elaboration, this);
  }

  /** The meaning; what is wrong is reported. The hint names the value that is computed. */
  Meaning meaning(Expression expression, Scope scope, String hint) {
    try {
      return isArithmetic(expression)
          ? arithmetic(expression, scope, hint)
          : simple(expression, scope, hint);
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return Meaning.UNKNOWN;
    }
  }

  /** The meaning under an annotation; what is wrong is reported. */
  Meaning annotated(Expression expression, AxisPattern pattern, Scope scope, String hint) {
    try {
      var term = new TermBuilder(this, scope).root(expression, hint);
      var dims = AxisLists.of(pattern, scope, elaboration.findings());
      return annotated(term, dims, scope, hint);
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return Meaning.UNKNOWN;
    }
  }

  /** A term with the axes of an annotation; unknown where either is. */
  Meaning annotated(Optional<Term> term, Optional<List<Dim>> dims, Scope scope, String hint) {
    if (term.isEmpty() || dims.isEmpty()) {
      return Meaning.UNKNOWN;
    }
    var value = terms(scope).annotated(term.get(), dims.get(), hint);
    return term.get() instanceof Term.Leaf leaf
        ? leaf.tensor().with(value)
        : Meaning.Tensor.of(value);
  }

  private Meaning arithmetic(Expression expression, Scope scope, String hint) {
    var term = new TermBuilder(this, scope).root(expression, hint);
    if (term.isEmpty()) {
      return Meaning.UNKNOWN;
    }
    return switch (term.get()) {
      case Term.Constant(double value, var span) -> new Meaning.Number(value);
      case Term.Leaf leaf -> leaf.tensor();
      case Term other -> Meaning.Tensor.of(terms(scope).plain(other, hint));
    };
  }

  private TermEmitter terms(Scope scope) {
    return new TermEmitter(scope.region().builder(), elaboration.precision());
  }

  /** Whether an annotation reaches into an expression. */
  boolean isArithmetic(Expression expression) {
    return switch (expression) {
      case NegateExpression e -> true;
      case BinaryExpression e -> true;
      case ParenthesizedExpression e -> isArithmetic(e.inner());
      case CallExpression e -> isElementwise(e);
      case NumberLiteral e -> false;
      case BooleanLiteral e -> false;
      case NameExpression e -> false;
      case ListExpression e -> false;
      case BracketExpression e -> false;
      case RenameExpression e -> false;
    };
  }

  /** Whether an annotation reaches through a call. */
  boolean isElementwise(CallExpression call) {
    var name = call.function().text();
    return elaboration.fileBlock(name).isEmpty()
        && (Elementwise.unary(name).isPresent() || Elementwise.binary(name).isPresent());
  }

  /**
   * The meaning of what is not arithmetic.
   *
   * @throws Refusal where it has none
   */
  Meaning simple(Expression expression, Scope scope, String hint) {
    return switch (expression) {
      case NumberLiteral e -> new Meaning.Number(Literal.number(e));
      case BooleanLiteral e -> new Meaning.Truth(e.value());
      case NameExpression e -> name(e, scope);
      case ParenthesizedExpression e -> simple(e.inner(), scope, hint);
      case BracketExpression e -> brackets.bracket(e, scope, hint);
      case RenameExpression e -> brackets.rename(e, scope, hint);
      case CallExpression e -> calls.call(e, scope, named(hint, e.function().text()));
      case ListExpression e ->
          throw new Refusal(
              CheckCode.NOT_A_TENSOR, e.span(), "`" + e.span().text() + "` is a list of axes");
      case NegateExpression e -> arithmetic(e, scope, hint);
      case BinaryExpression e -> arithmetic(e, scope, hint);
    };
  }

  private static String named(String hint, String otherwise) {
    return hint.isEmpty() ? otherwise : hint;
  }

  private Meaning name(NameExpression expression, Scope scope) {
    var text = expression.name().text();
    var meaning = scope.read(text).or(() -> number(text, scope));
    if (meaning.isPresent()) {
      return meaning.get();
    }
    var size = scope.size(text);
    if (size.isPresent()) {
      var value = size.get().value();
      return value.isPresent() ? new Meaning.Number(value.getAsLong()) : Meaning.UNKNOWN;
    }
    var known = new LinkedHashSet<>(scope.names());
    known.addAll(scope.axisNames());
    throw new Refusal(
        Suggest.among(
            known, expression.name(), CheckCode.UNKNOWN_NAME, "nothing is called `" + text + "`"));
  }

  private static Optional<Meaning> number(String name, Scope scope) {
    return scope
        .number(name)
        .map(SizeTable.Parameter::value)
        .map(v -> v.isPresent() ? new Meaning.Number(v.getAsDouble()) : Meaning.UNKNOWN);
  }

  /** The arguments of a call that needs exactly these, in their order; fewer where some lack. */
  List<Expression> required(CallExpression call, List<String> parameters) {
    var match = ArgumentMatch.of(call, parameters, elaboration.findings());
    var arguments = new ArrayList<Expression>();
    for (var parameter : parameters) {
      var argument = Optional.ofNullable(match.byName().get(parameter));
      argument.ifPresent(arguments::add);
      if (argument.isEmpty() && match.isSound()) {
        elaboration.report(
            Diagnostic.of(
                CheckCode.MISSING_ARGUMENT,
                call.span(),
                "`" + call.function() + "` needs `" + parameter + "`"));
      }
    }
    return arguments;
  }
}
