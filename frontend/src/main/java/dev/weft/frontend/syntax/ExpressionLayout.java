package dev.weft.frontend.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lays out expressions and lists. */
final class ExpressionLayout {
  /** Columns by which the further lines of something too long are indented. */
  static final int CONTINUATION = 4;

  private final PendingComments comments;

  ExpressionLayout(PendingComments comments) {
    this.comments = comments;
  }

  static String pattern(AxisPattern pattern) {
    var ellipsis = pattern.open() ? pattern.axes().isEmpty() ? "..." : "..., " : "";
    return "[" + ellipsis + names(pattern.axes()) + "]";
  }

  static String names(List<Name> names) {
    return names.stream().map(Name::text).collect(Collectors.joining(", "));
  }

  /** {@code name = value}. */
  Doc setting(Name name, Expression value) {
    return setting(name.text(), value);
  }

  /** {@code target = value}. */
  Doc setting(String target, Expression value) {
    var space = comments.space(Doc.text(" "), value.span().start());
    return Doc.concat(Doc.text(target + " ="), Doc.indent(CONTINUATION, space), expression(value));
  }

  /** Items in brackets: on one line, or each on a line of its own. */
  <T extends SyntaxNode> Doc list(
      String open, List<T> items, Function<T, Doc> layout, String close) {
    if (items.isEmpty()) {
      return Doc.text(open + close);
    }
    var first = comments.space(Doc.SOFT_LINE, items.getFirst().span().start());
    return Doc.group(
        Doc.text(open),
        Doc.indent(LineLayout.STEP, first, separated(items, layout)),
        Doc.SOFT_LINE,
        Doc.text(close));
  }

  /** Items with a comma behind each but the last. */
  <T extends SyntaxNode> Doc separated(List<T> items, Function<T, Doc> layout) {
    var parts = new ArrayList<Doc>();
    for (var item : items) {
      if (!parts.isEmpty()) {
        parts.add(Doc.text(","));
        parts.add(comments.space(Doc.LINE, item.span().start()));
      }
      parts.add(layout.apply(item));
    }
    return Doc.concat(parts);
  }

  Doc expression(Expression expression) {
    return switch (expression) {
      case NumberLiteral(var text, _) -> Doc.text(text);
      case BooleanLiteral(var value, _) -> Doc.text(Boolean.toString(value));
      case NameExpression(var name) -> Doc.text(name.text());
      case ListExpression(var items, _) -> list("[", items, this::expression, "]");
      case ParenthesizedExpression(var inner, _) ->
          Doc.concat(Doc.text("("), expression(inner), Doc.text(")"));
      case NegateExpression(var operand, _) -> Doc.concat(Doc.text("-"), expression(operand));
      case BinaryExpression binary -> chain(binary);
      case CallExpression(var function, var arguments, _) ->
          Doc.concat(Doc.text(function.text()), list("(", arguments, this::argument, ")"));
      case BracketExpression bracket -> bracket(bracket);
      case RenameExpression(var operand, var renames, _) ->
          Doc.concat(expression(operand), list("[", renames, ExpressionLayout::rename, "]"));
    };
  }

  private Doc argument(Argument argument) {
    return argument
        .name()
        .map(name -> Doc.concat(Doc.text(name + ": "), expression(argument.value())))
        .orElseGet(() -> expression(argument.value()));
  }

  private static Doc rename(AxisRename rename) {
    return Doc.text(rename.from() + " as " + rename.to());
  }

  private Doc bracket(BracketExpression bracket) {
    var operand = expression(bracket.operand());
    if (!bracket.open()) {
      return Doc.concat(operand, list("[", bracket.items(), this::expression, "]"));
    }
    var ellipsis = bracket.items().isEmpty() ? "[..." : "[..., ";
    return Doc.concat(
        operand, Doc.text(ellipsis), separated(bracket.items(), this::expression), Doc.text("]"));
  }

  /** Operators that bind alike in one row, so that all of them break or none. */
  private Doc chain(BinaryExpression binary) {
    var row = row(binary);
    var rest = new ArrayList<Doc>();
    var first = expression(row.getFirst().left());
    for (var step : row) {
      rest.add(comments.space(Doc.LINE, step.right().span().start()));
      rest.add(Doc.text(step.operator().symbol() + " "));
      rest.add(expression(step.right()));
    }
    return Doc.group(first, Doc.indent(CONTINUATION, Doc.concat(rest)));
  }

  /** The binary expressions of a row, from the innermost on. */
  private static Deque<BinaryExpression> row(BinaryExpression outermost) {
    var row = new ArrayDeque<BinaryExpression>();
    Expression next = outermost;
    while (next instanceof BinaryExpression binary
        && binary.operator().isMultiplicative() == outermost.operator().isMultiplicative()) {
      row.push(binary);
      next = binary.left();
    }
    return row;
  }
}
