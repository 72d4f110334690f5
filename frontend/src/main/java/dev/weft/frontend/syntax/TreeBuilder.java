package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Makes the syntax tree from what the parser read. What is broken is left out. */
final class TreeBuilder {
  private final Source source;
  private final Leaves leaves;
  private final StatementBuilder statements;
  private final ExpressionBuilder expressions;

  TreeBuilder(Source source, List<Diagnostic> diagnostics) {
    this.source = source;
    this.leaves = new Leaves(source, diagnostics);
    this.expressions = new ExpressionBuilder(leaves, diagnostics);
    this.statements = new StatementBuilder(leaves, expressions);
  }

  SyntaxTree build(WeftParser.FileContext file, List<Comment> comments) {
    var documentation = new Documentation(source, comments);
    var declarations =
        file.declaration().stream().flatMap(d -> declaration(d, documentation).stream()).toList();
    return new SyntaxTree(source, declarations, comments, source.whole());
  }

  private Optional<Declaration> declaration(
      WeftParser.DeclarationContext context, Documentation documentation) {
    if (context.exception != null) {
      return Optional.empty();
    }
    var span = leaves.span(context);
    var text = documentation.above(span);
    return switch (context) {
      case WeftParser.ModelDeclarationContext c when whole(c.modelHeader()) ->
          Optional.of(model(c, text, span));
      case WeftParser.BlockDeclarationContext c when whole(c.blockHeader()) ->
          Optional.of(block(c, text, span));
      case WeftParser.PresetDeclarationContext c when whole(c.presetHeader()) ->
          Optional.of(preset(c, text, span));
      case WeftParser.TrainDeclarationContext c when whole(c.trainHeader()) ->
          Optional.of(train(c, text, span));
      default -> Optional.empty();
    };
  }

  /** Whether the parser got through a header without leaving it by an error. */
  private static boolean whole(ParserRuleContext header) {
    return header.exception == null;
  }

  private ModelDecl model(WeftParser.ModelDeclarationContext context, String text, Span span) {
    var header = context.modelHeader();
    var parameters =
        header.sizeParameter().stream()
            .filter(p -> p.exception == null)
            .map(this::sizeParameter)
            .toList();
    return new ModelDecl(
        text, leaves.name(header.word()), parameters, statements.body(context.body()), span);
  }

  private SizeParameter sizeParameter(WeftParser.SizeParameterContext context) {
    return new SizeParameter(
        leaves.name(context.word()),
        expressions.expression(context.expression()),
        leaves.span(context));
  }

  private BlockDecl block(WeftParser.BlockDeclarationContext context, String text, Span span) {
    var header = context.blockHeader();
    var formals =
        header.formal().stream().filter(f -> f.exception == null).map(this::formal).toList();
    var result = Optional.ofNullable(header.axisPattern()).map(leaves::pattern);
    return new BlockDecl(
        text, leaves.name(header.word()), formals, result, statements.body(context.body()), span);
  }

  private Formal formal(WeftParser.FormalContext context) {
    var name = leaves.name(context.word());
    var span = leaves.span(context);
    if (context.axisPattern() != null) {
      return new TensorFormal(name, leaves.pattern(context.axisPattern()), span);
    }
    return context.AXIS() != null
        ? new AxisFormal(name, span)
        : new ValueFormal(name, expressions.expression(context.expression()), span);
  }

  private PresetDecl preset(WeftParser.PresetDeclarationContext context, String text, Span span) {
    var name = leaves.presetName(context.presetHeader().presetName());
    return new PresetDecl(text, name, settings(context.settings()), span);
  }

  private TrainDecl train(WeftParser.TrainDeclarationContext context, String text, Span span) {
    var name = leaves.name(context.trainHeader().word());
    return new TrainDecl(text, name, settings(context.settings()), span);
  }

  private List<Setting> settings(WeftParser.SettingsContext context) {
    return context.setting().stream().filter(s -> s.exception == null).map(this::setting).toList();
  }

  Setting setting(WeftParser.SettingContext context) {
    return new Setting(
        leaves.name(context.word()),
        expressions.expression(context.expression()),
        leaves.span(context));
  }
}
