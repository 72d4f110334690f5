package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes expressions, and reports what the grammar admits for the sake of a better message. */
final class ExpressionBuilder {
  private final Leaves leaves;
  private final List<Diagnostic> diagnostics;

  ExpressionBuilder(Leaves leaves, List<Diagnostic> diagnostics) {
    this.leaves = leaves;
    this.diagnostics = diagnostics;
  }

  Expression expression(WeftParser.ExpressionContext context) {
    var result = term(context.term(0));
    for (int i = 1; i < context.term().size(); i++) {
      result = binary(operator(context, i), result, term(context.term(i)));
    }
    return result;
  }

  private Expression term(WeftParser.TermContext context) {
    var result = factor(context.factor(0));
    for (int i = 1; i < context.factor().size(); i++) {
      result = binary(operator(context, i), result, factor(context.factor(i)));
    }
    return result;
  }

  /** The operator before an operand: operands and operators alternate in a context. */
  private static BinaryOperator operator(ParserRuleContext context, int operand) {
    var sign = (TerminalNode) context.getChild(2 * operand - 1);
    return switch (sign.getSymbol().getType()) {
      case WeftLexer.PLUS -> BinaryOperator.ADD;
      case WeftLexer.MINUS -> BinaryOperator.SUBTRACT;
      case WeftLexer.SLASH -> BinaryOperator.DIVIDE;
      default -> BinaryOperator.MULTIPLY;
    };
  }

  private static Expression binary(BinaryOperator operator, Expression left, Expression right) {
    return new BinaryExpression(operator, left, right, left.span().to(right.span()));
  }

  private Expression factor(WeftParser.FactorContext context) {
    return context.factor() == null
        ? operand(context.operand())
        : new NegateExpression(factor(context.factor()), leaves.span(context));
  }

  private Expression operand(WeftParser.OperandContext context) {
    var result = primary(context.primary());
    for (var bracket : context.bracket()) {
      result = bracket(result, bracket);
    }
    return result;
  }

  private Expression primary(WeftParser.PrimaryContext context) {
    return switch (context) {
      case WeftParser.NumberContext c -> leaves.number(c.NUMBER().getSymbol());
      case WeftParser.NameOrCallContext c -> nameOrCall(c);
      case WeftParser.ParenthesizedContext c ->
          new ParenthesizedExpression(expression(c.expression()), leaves.span(c));
      default -> throw new IllegalStateException("primary " + context.getClass());
    };
  }

  private Expression nameOrCall(WeftParser.NameOrCallContext context) {
    var name = leaves.name(context.word());
    if (context.arguments() != null) {
      return new CallExpression(name, arguments(context.arguments()), leaves.span(context));
    }
    return switch (name.text()) {
      case "true" -> new BooleanLiteral(true, name.span());
      case "false" -> new BooleanLiteral(false, name.span());
      default -> new NameExpression(name);
    };
  }

  private List<Argument> arguments(WeftParser.ArgumentsContext context) {
    var result = new ArrayList<Argument>();
    for (var argument : context.argument()) {
      var next = argument(argument);
      if (next.name().isEmpty() && !result.isEmpty()) {
        result.getLast().name().ifPresent(named -> outOfOrder(next, named));
      }
      result.add(next);
    }
    return result;
  }

  private Argument argument(WeftParser.ArgumentContext context) {
    if (context.ASSIGN() != null) {
      leaves.wrongSign(
          context.ASSIGN().getSymbol(), ":", "the name of an argument is followed by `:`");
    }
    var name = Optional.ofNullable(context.word()).map(leaves::name);
    return new Argument(name, argumentValue(context.argumentValue()), leaves.span(context));
  }

  private void outOfOrder(Argument argument, Name named) {
    diagnostics.add(
        Diagnostic.of(SyntaxCode.ARGUMENT_ORDER, argument.span(), "this argument needs a name too")
            .note(named.span(), "`" + named.text() + "` before it has one"));
  }

  private Expression argumentValue(WeftParser.ArgumentValueContext context) {
    if (context.expression() != null) {
      return expression(context.expression());
    }
    var items = context.listLiteral().expression().stream().map(this::expression).toList();
    return new ListExpression(items, leaves.span(context));
  }

  private Expression bracket(Expression operand, WeftParser.BracketContext context) {
    var span = operand.span().to(leaves.span(context));
    var items = context.bracketItem();
    long renames = items.stream().filter(item -> item.AS() != null).count();
    if (renames > 0 && renames == items.size()) {
      var axes = items.stream().flatMap(item -> rename(item).stream()).toList();
      return new RenameExpression(operand, axes, span);
    }
    if (renames > 0) {
      diagnostics.add(
          Diagnostic.of(
              SyntaxCode.BAD_BRACKET,
              leaves.span(context),
              "these brackets rename some axes and name others"));
    }
    return items(operand, context, span);
  }

  private Expression items(Expression operand, WeftParser.BracketContext context, Span span) {
    var items = context.bracketItem();
    var expressions = new ArrayList<Expression>();
    for (var item : items) {
      if (item.expression() != null) {
        expressions.add(expression(item.expression()));
      } else if (item != items.getFirst()) {
        diagnostics.add(Leaves.misplacedEllipsis(leaves.span(item)));
      }
    }
    boolean open = !items.isEmpty() && items.getFirst().expression() == null;
    return new BracketExpression(operand, open, expressions, span);
  }

  private Optional<AxisRename> rename(WeftParser.BracketItemContext context) {
    if (expression(context.expression()) instanceof NameExpression from) {
      return Optional.of(
          new AxisRename(from.name(), leaves.name(context.word()), leaves.span(context)));
    }
    diagnostics.add(
        Diagnostic.of(
                SyntaxCode.BAD_BRACKET,
                leaves.span(context.expression()),
                "only an axis can be renamed")
            .note("the form is `e[seq as source]`"));
    return Optional.empty();
  }
}
