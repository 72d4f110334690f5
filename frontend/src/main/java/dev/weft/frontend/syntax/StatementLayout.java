package dev.weft.frontend.syntax;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lays out statements. */
final class StatementLayout {
  private final LineLayout lines;
  private final ExpressionLayout expressions;

  StatementLayout(LineLayout lines, ExpressionLayout expressions) {
    this.lines = lines;
    this.expressions = expressions;
  }

  Doc statement(Statement statement) {
    return switch (statement) {
      case AxisStatement(var declarators, _) -> declarators("axis ", declarators, this::axis);
      case InputStatement(var declarators, _) -> declarators("input ", declarators, this::input);
      case ParamStatement(var groups, _) -> declarators("param ", groups, this::params);
      case BindStatement(var name, var axes, var value, _) ->
          expressions.setting(name + axes.map(ExpressionLayout::pattern).orElse(""), value);
      case LossStatement(var value, _) -> expressions.setting("loss", value);
      case ReturnStatement(var value, _) ->
          Doc.concat(Doc.text("return "), expressions.expression(value));
      case RepeatStatement repeat -> repeat(repeat);
      case OutputStatement(var names, _) -> Doc.text("output " + ExpressionLayout.names(names));
      case ShardStatement(var axis, var meshAxis, _) ->
          Doc.text("shard " + axis + " over " + meshAxis);
    };
  }

  private <T extends SyntaxNode> Doc declarators(
      String keyword, List<T> items, Function<T, Doc> layout) {
    return Doc.group(
        Doc.text(keyword),
        Doc.indent(ExpressionLayout.CONTINUATION, expressions.separated(items, layout)));
  }

  private Doc axis(AxisDeclarator axis) {
    return axis.size()
        .map(size -> expressions.setting(axis.name(), size))
        .orElse(Doc.text(axis.name().text()));
  }

  private Doc input(InputDeclarator input) {
    var type = input.name() + ": " + input.element() + "[" + ExpressionLayout.names(input.axes());
    var bound =
        input
            .bound()
            .map(b -> Doc.concat(Doc.text(" in "), expressions.expression(b)))
            .orElse(Doc.NOTHING);
    var feed = input.feed().map(StatementLayout::textFeed).orElse("");
    return Doc.concat(Doc.text(type + "]"), bound, Doc.text(feed));
  }

  private static String textFeed(TextFeed feed) {
    return " from text" + feed.shift().map(n -> " shift " + n.text()).orElse("");
  }

  private Doc params(ParamGroup group) {
    var names = group.names().stream().map(Name::text).collect(Collectors.joining(", "));
    var type = names + ": [" + ExpressionLayout.names(group.axes()) + "]";
    return group
        .initializer()
        .map(value -> expressions.setting(type, value))
        .orElse(Doc.text(type));
  }

  private Doc repeat(RepeatStatement repeat) {
    var label = repeat.label().map(name -> " as " + name).orElse("");
    return Doc.concat(
        Doc.text("repeat "),
        expressions.expression(repeat.count()),
        Doc.text(label),
        lines.braces(repeat.body(), this::statement, repeat.span().end()));
  }
}
