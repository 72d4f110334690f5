package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.ir.graph.Init;
import dev.weft.ir.source.Diagnostic;
import java.util.List;
import java.util.Optional;

/** Reads how weights begin. */
final class Initializers {
  /** Where nothing is said: normal, with this standard deviation. */
  private static final double STANDARD_DEVIATION = 0.02;

  private static final List<String> NAMES = List.of("normal", "uniform", "zeros", "ones");

  private final Elaboration elaboration;
  private final Expressions expressions;
  private final Scope scope;

  Initializers(Elaboration elaboration, Expressions expressions, Scope scope) {
    this.elaboration = elaboration;
    this.expressions = expressions;
    this.scope = scope;
  }

  /** Empty where it is wrong, which is reported. */
  Optional<Init> read(Optional<Expression> initializer) {
    try {
      return initializer.isEmpty()
          ? Optional.of(new Init.Normal(STANDARD_DEVIATION))
          : read(initializer.get());
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return Optional.empty();
    }
  }

  private Optional<Init> read(Expression initializer) {
    return switch (initializer) {
      case NameExpression(Name name) when name.text().equals("zeros") ->
          Optional.of(new Init.Constant(0));
      case NameExpression(Name name) when name.text().equals("ones") ->
          Optional.of(new Init.Constant(1));
      case NameExpression(Name name) -> throw unknown(name);
      case CallExpression call when call.function().text().equals("normal") ->
          number(call, "std").map(Init.Normal::new);
      case CallExpression call when call.function().text().equals("uniform") ->
          number(call, "limit").map(Init.Uniform::new);
      case CallExpression call -> throw unknown(call.function());
      default ->
          throw new Refusal(
              CheckCode.INITIALIZER,
              initializer.span(),
              "`" + initializer.span().text() + "` is no initial value");
    };
  }

  private static Refusal unknown(Name name) {
    return new Refusal(
        Suggest.among(
            NAMES, name, CheckCode.INITIALIZER, "no initial value is called `" + name + "`"));
  }

  private Optional<Double> number(CallExpression call, String parameter) {
    var arguments = expressions.required(call, List.of(parameter));
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    var argument = arguments.getFirst();
    return switch (expressions.meaning(argument, scope, "")) {
      case Meaning.Unknown unknown -> Optional.empty();
      case Meaning.Number(double value) when value >= 0 -> Optional.of(value);
      case Meaning.Number(double value) ->
          throw new Refusal(
              CheckCode.INITIALIZER, argument.span(), "`" + parameter + "` is " + value);
      case Meaning.Truth other -> throw notANumber(argument, parameter);
      case Meaning.Tensor other -> throw notANumber(argument, parameter);
    };
  }

  private static Refusal notANumber(Expression argument, String parameter) {
    return new Refusal(
        Diagnostic.of(
            CheckCode.ARGUMENT_KIND,
            argument.span(),
            "`%s` takes a number, not `%s`".formatted(parameter, argument.span().text())));
  }
}
