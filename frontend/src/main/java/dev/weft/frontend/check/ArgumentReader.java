package dev.weft.frontend.check;

import dev.weft.frontend.check.Arguments.Argument;
import dev.weft.frontend.check.Signature.Kind;
import dev.weft.frontend.check.Signature.Need;
import dev.weft.frontend.check.Signature.Parameter;
import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.ListExpression;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Evaluates the arguments of a call, each as its parameter's kind wants it. */
final class ArgumentReader {
  private final Elaboration elaboration;
  private final Expressions expressions;
  private final Scope scope;

  ArgumentReader(Elaboration elaboration, Expressions expressions, Scope scope) {
    this.elaboration = elaboration;
    this.expressions = expressions;
    this.scope = scope;
  }

  /** Empty where an argument is wrong, which is reported, or unknown. */
  Optional<Arguments> read(CallExpression call, Signature signature) {
    var match = ArgumentMatch.of(call, signature.names(), elaboration.findings());
    var read = new LinkedHashMap<String, Argument>();
    boolean sound = match.isSound();
    for (var parameter : signature.parameters()) {
      var expression = Optional.ofNullable(match.byName().get(parameter.name()));
      if (expression.isPresent()) {
        var argument = argument(parameter, expression.get());
        argument.ifPresent(a -> read.put(parameter.name(), a));
        sound &= argument.isPresent();
      } else if (parameter.need() == Need.REQUIRED) {
        missing(call, parameter, match.isSound());
        sound = false;
      }
    }
    return sound ? Optional.of(new Arguments(read)) : Optional.empty();
  }

  private void missing(CallExpression call, Parameter parameter, boolean report) {
    if (report) {
      elaboration
          .findings()
          .add(
              CheckCode.MISSING_ARGUMENT,
              call.span(),
              "`%s` needs `%s`, %s"
                  .formatted(call.function(), parameter.name(), parameter.kind().text()));
    }
  }

  private Optional<Argument> argument(Parameter parameter, Expression expression) {
    try {
      return switch (parameter.kind()) {
        case TENSOR, FLOATS, INTEGERS -> tensor(parameter, expression);
        case AXIS -> axes(parameter, List.of(expression), expression);
        case AXES ->
            axes(
                parameter,
                expression instanceof ListExpression list ? list.items() : List.of(expression),
                expression);
        case INDEX -> {
          var index = SizeExpression.index(expression, scope);
          yield index.isPresent()
              ? Optional.of(new Argument.Number(index.getAsLong(), expression.span()))
              : Optional.empty();
        }
        case NUMBER, TRUTH -> constant(parameter, expression);
      };
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return Optional.empty();
    }
  }

  private Optional<Argument> tensor(Parameter parameter, Expression expression) {
    var meaning = expressions.meaning(expression, scope, "");
    return switch (meaning) {
      case Meaning.Unknown unknown -> Optional.empty();
      case Meaning.Tensor tensor -> {
        requireElement(parameter, tensor, expression);
        yield Optional.of(new Argument.Tensor(tensor, expression.span()));
      }
      case Meaning.Number number -> throw wrongKind(parameter, expression);
      case Meaning.Truth truth -> throw wrongKind(parameter, expression);
    };
  }

  private static void requireElement(
      Parameter parameter, Meaning.Tensor tensor, Expression expression) {
    boolean isFloat = tensor.value().type().dtype().isFloat();
    if (parameter.kind() == (isFloat ? Kind.INTEGERS : Kind.FLOATS)) {
      throw new Refusal(
          CheckCode.ELEMENT_TYPE,
          expression.span(),
          "`%s` needs %s, not %s"
              .formatted(parameter.name(), parameter.kind().text(), tensor.value().type()));
    }
  }

  private Optional<Argument> axes(
      Parameter parameter, List<Expression> items, Expression expression) {
    if (items.isEmpty()) {
      throw wrongKind(parameter, expression);
    }
    var dims = new ArrayList<Dim>();
    boolean known = true;
    for (var item : items) {
      if (!(item instanceof NameExpression name)) {
        throw wrongKind(parameter, item);
      }
      var dim = AxisLists.axis(name.name(), scope);
      known &= dim.isPresent();
      dim.ifPresent(dims::add);
    }
    return known ? Optional.of(new Argument.Axes(dims, expression.span())) : Optional.empty();
  }

  private Optional<Argument> constant(Parameter parameter, Expression expression) {
    var meaning = expressions.meaning(expression, scope, "");
    return switch (meaning) {
      case Meaning.Unknown unknown -> Optional.empty();
      case Meaning.Number(double value) when parameter.kind() == Kind.NUMBER ->
          Optional.of(new Argument.Number(value, expression.span()));
      case Meaning.Truth(boolean value) when parameter.kind() == Kind.TRUTH ->
          Optional.of(new Argument.Truth(value, expression.span()));
      case Meaning.Number other -> throw wrongKind(parameter, expression);
      case Meaning.Truth other -> throw wrongKind(parameter, expression);
      case Meaning.Tensor other -> throw wrongKind(parameter, expression);
    };
  }

  private static Refusal wrongKind(Parameter parameter, Expression expression) {
    return new Refusal(
        CheckCode.ARGUMENT_KIND,
        expression.span(),
        "`%s` takes %s, not `%s`"
            .formatted(parameter.name(), parameter.kind().text(), expression.span().text()));
  }
}
