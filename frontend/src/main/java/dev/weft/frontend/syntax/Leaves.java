package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes the smallest nodes, which declarations, statements and expressions share. */
final class Leaves {
  private final Source source;
  private final List<Diagnostic> diagnostics;

  Leaves(Source source, List<Diagnostic> diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  Span span(ParserRuleContext context) {
    var start = span(context.getStart());
    Token stop = context.getStop();
    return stop == null || stop.getStopIndex() < start.start() ? start : start.to(span(stop));
  }

  Span span(Token token) {
    return Tokens.span(source, token);
  }

  Name name(WeftParser.WordContext context) {
    return new Name(context.getText(), span(context));
  }

  List<Name> names(List<WeftParser.WordContext> contexts) {
    return contexts.stream().map(this::name).toList();
  }

  Name presetName(WeftParser.PresetNameContext context) {
    return new Name(context.getText(), span(context));
  }

  NumberLiteral number(Token token) {
    return new NumberLiteral(token.getText(), span(token));
  }

  AxisPattern pattern(WeftParser.AxisPatternContext context) {
    var items = context.patternItem();
    var axes = new ArrayList<Name>();
    for (var item : items) {
      if (item.word() != null) {
        axes.add(name(item.word()));
      } else if (item != items.getFirst()) {
        diagnostics.add(misplacedEllipsis(span(item)));
      }
    }
    boolean open = !items.isEmpty() && items.getFirst().word() == null;
    return new AxisPattern(open, axes, span(context));
  }

  /** Reports a sign that the grammar admits only for this. */
  void wrongSign(Token found, String expected, String note) {
    var span = span(found);
    diagnostics.add(
        Diagnostic.of(
                SyntaxCode.WRONG_SIGN,
                span,
                "expected `" + expected + "`, found `" + span.text() + "`")
            .note(note)
            .fix(span, expected));
  }

  static Diagnostic misplacedEllipsis(Span span) {
    return Diagnostic.of(SyntaxCode.BAD_BRACKET, span, "`...` stands before all axes")
        .note("the form is `[..., model]`");
  }
}
