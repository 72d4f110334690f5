package dev.weft.frontend.syntax;

import java.util.List;

/** Lays out a file: its declarations with their headers, bodies and settings. */
final class FileLayout {
  private final SyntaxTree tree;
  private final PendingComments comments;
  private final ExpressionLayout expressions;
  private final LineLayout lines;
  private final StatementLayout statements;

  FileLayout(SyntaxTree tree) {
    this.tree = tree;
    this.comments = new PendingComments(tree);
    this.expressions = new ExpressionLayout(comments);
    this.lines = new LineLayout(tree, comments);
    this.statements = new StatementLayout(lines, expressions);
  }

  Doc file() {
    return lines.sequence(tree.declarations(), this::declaration, tree.span().end());
  }

  private Doc declaration(Declaration declaration) {
    return switch (declaration) {
      case ModelDecl model -> Doc.concat(header(model), body(model, model.body()));
      case BlockDecl block -> Doc.concat(header(block), body(block, block.body()));
      case PresetDecl preset ->
          Doc.concat(Doc.text("preset " + preset.name()), settings(preset, preset.settings()));
      case TrainDecl train ->
          Doc.concat(Doc.text("train " + train.name()), settings(train, train.settings()));
    };
  }

  private Doc header(ModelDecl model) {
    var name = Doc.text("model " + model.name());
    return model.parameters().isEmpty()
        ? name
        : Doc.concat(
            name,
            expressions.list(
                "(", model.parameters(), p -> expressions.setting(p.name(), p.value()), ")"));
  }

  private Doc header(BlockDecl block) {
    var result = block.result().map(axes -> " -> " + ExpressionLayout.pattern(axes)).orElse("");
    return Doc.concat(
        Doc.text("block " + block.name()),
        expressions.list("(", block.formals(), this::formal, ")"),
        Doc.text(result));
  }

  private Doc formal(Formal formal) {
    return switch (formal) {
      case TensorFormal(var name, var axes, _) -> Doc.text(name + ExpressionLayout.pattern(axes));
      case AxisFormal(var name, _) -> Doc.text(name + ": axis");
      case ValueFormal(var name, var value, _) -> expressions.setting(name, value);
    };
  }

  private Doc body(Declaration declaration, List<Statement> body) {
    return lines.braces(body, statements::statement, declaration.span().end());
  }

  /** On one line where they were so and fit, else one to a line and without commas. */
  private Doc settings(Declaration declaration, List<Setting> settings) {
    int end = declaration.span().end();
    boolean apart =
        settings.isEmpty()
            || comments.anyBefore(end)
            || lines.breaksBetween(
                declaration.name().span().end(), settings.getFirst().span().start());
    if (apart) {
      return lines.braces(settings, s -> expressions.setting(s.name(), s.value()), end);
    }
    var items = settings.stream().map(s -> expressions.setting(s.name(), s.value())).toList();
    return Doc.group(
        Doc.text(" {"),
        Doc.indent(LineLayout.STEP, Doc.LINE, Doc.join(new Doc.Line(", "), items)),
        Doc.LINE,
        Doc.text("}"));
  }
}
