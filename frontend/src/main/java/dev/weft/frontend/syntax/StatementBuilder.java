package dev.weft.frontend.syntax;

import java.util.List;
import java.util.Optional;

/** Makes the statements of a body; a broken one is left out. */
final class StatementBuilder {
  private static final String LOSS = "loss";

  private final Leaves leaves;
  private final ExpressionBuilder expressions;

  StatementBuilder(Leaves leaves, ExpressionBuilder expressions) {
    this.leaves = leaves;
    this.expressions = expressions;
  }

  List<Statement> body(WeftParser.BodyContext context) {
    return context.statement().stream().flatMap(s -> statement(s).stream()).toList();
  }

  private Optional<Statement> statement(WeftParser.StatementContext context) {
    if (context.exception != null) {
      return Optional.empty();
    }
    var span = leaves.span(context);
    return switch (context) {
      case WeftParser.AxisStatementContext c ->
          Optional.of(
              new AxisStatement(c.axisDeclarator().stream().map(this::axis).toList(), span));
      case WeftParser.InputStatementContext c ->
          Optional.of(
              new InputStatement(c.inputDeclarator().stream().map(this::input).toList(), span));
      case WeftParser.ParamStatementContext c ->
          Optional.of(new ParamStatement(c.paramGroup().stream().map(this::params).toList(), span));
      case WeftParser.RepeatStatementContext c -> repeat(c);
      case WeftParser.OutputStatementContext c ->
          Optional.of(new OutputStatement(leaves.names(c.word()), span));
      case WeftParser.ReturnStatementContext c ->
          Optional.of(new ReturnStatement(expressions.expression(c.expression()), span));
      case WeftParser.ShardStatementContext c ->
          Optional.of(new ShardStatement(leaves.name(c.word(0)), leaves.name(c.word(1)), span));
      case WeftParser.BindStatementContext c -> Optional.of(bind(c));
      default -> Optional.empty();
    };
  }

  private AxisDeclarator axis(WeftParser.AxisDeclaratorContext context) {
    if (context.COLON() != null) {
      leaves.wrongSign(context.COLON().getSymbol(), "=", "`=` gives an axis its size");
    }
    var size = Optional.ofNullable(context.expression()).map(expressions::expression);
    return new AxisDeclarator(leaves.name(context.word()), size, leaves.span(context));
  }

  private InputDeclarator input(WeftParser.InputDeclaratorContext context) {
    return new InputDeclarator(
        leaves.name(context.word(0)),
        leaves.name(context.word(1)),
        leaves.names(context.axisList().word()),
        Optional.ofNullable(context.expression()).map(expressions::expression),
        Optional.ofNullable(context.textFeed()).map(this::textFeed),
        leaves.span(context));
  }

  private TextFeed textFeed(WeftParser.TextFeedContext context) {
    var shift = Optional.ofNullable(context.NUMBER()).map(n -> leaves.number(n.getSymbol()));
    return new TextFeed(shift, leaves.span(context));
  }

  private ParamGroup params(WeftParser.ParamGroupContext context) {
    return new ParamGroup(
        leaves.names(context.word()),
        leaves.names(context.axisList().word()),
        Optional.ofNullable(context.expression()).map(expressions::expression),
        leaves.span(context));
  }

  private Optional<Statement> repeat(WeftParser.RepeatStatementContext context) {
    var header = context.repeatHeader();
    if (header.exception != null) {
      return Optional.empty();
    }
    var label = Optional.ofNullable(header.word()).map(leaves::name);
    return Optional.of(
        new RepeatStatement(
            expressions.expression(header.expression()),
            label,
            body(context.body()),
            leaves.span(context)));
  }

  private Statement bind(WeftParser.BindStatementContext context) {
    var name = leaves.name(context.word());
    var value = expressions.expression(context.expression());
    var span = leaves.span(context);
    if (name.text().equals(LOSS) && context.axisPattern() == null) {
      return new LossStatement(value, span);
    }
    var axes = Optional.ofNullable(context.axisPattern()).map(leaves::pattern);
    return new BindStatement(name, axes, value, span);
  }
}
