package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.List;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Says in a person's words what the parser stumbled over. */
final class Explanation {
  private static final List<String> DECLARATIONS = List.of("model", "block", "preset", "train");
  private static final List<String> STATEMENTS =
      List.of("axis", "input", "param", "repeat", "output", "return", "shard");

  private final Source source;

  Explanation(Source source) {
    this.source = source;
  }

  Diagnostic of(Parser parser, RecognitionException error) {
    var found = error.getOffendingToken();
    var context = parser.getContext();
    if (found.getType() == WeftLexer.NUMERIC_NAME) {
      return numericName(found);
    }
    if (isUnknownStatement(context, error)) {
      return noStatement(context.getStart(), found, before(parser, context.getStart()));
    }
    var expected = expected(parser, error);
    var diagnostic =
        Diagnostic.of(
            expected.equals("`{`") ? SyntaxCode.NO_BRACE : SyntaxCode.UNEXPECTED,
            place(found, parser),
            "expected " + expected + ", found " + text(found));
    return Form.around(context).map(diagnostic::note).orElse(diagnostic);
  }

  private static String expected(Parser parser, RecognitionException error) {
    var context = parser.getContext();
    if (error instanceof NoViableAltException choice
        && choice.getStartToken() != error.getOffendingToken()) {
      return Expected.after(choice.getStartToken());
    }
    var before = parser.getTokenStream().LT(-1);
    return before != null && before.getType() == WeftLexer.COMMA && Expected.isList(context)
        ? Expected.item(context) + " after `,`"
        : Expected.words(error.getExpectedTokens(), context);
  }

  Diagnostic noDeclaration(Parser parser) {
    var found = parser.getCurrentToken();
    var span = Tokens.span(source, found);
    var diagnostic =
        Diagnostic.of(SyntaxCode.NOT_A_DECLARATION, span, text(found) + " begins no declaration");
    var next = parser.getTokenStream().LT(2);
    var meant = Spelling.nearest(found.getText(), DECLARATIONS);
    if (meant.isPresent() && (Tokens.isWord(next) || next.getType() == WeftLexer.NUMERIC_NAME)) {
      return diagnostic.note("did you mean `" + meant.get() + "`?").fix(span, meant.get());
    }
    return next.getType() == WeftLexer.ASSIGN || Tokens.beginsStatement(found)
        ? diagnostic.note("statements stand inside the braces of a `model` or a `block`")
        : diagnostic.note("a file holds `model`, `block`, `preset` and `train`");
  }

  Diagnostic noItem(Token found, SyntaxCode code, String item) {
    var span = Tokens.span(source, found);
    if (Tokens.closes(found)) {
      var message = "this " + text(found) + " closes nothing";
      return Diagnostic.of(SyntaxCode.NEVER_OPENED, span, message).fix(span, "");
    }
    return Diagnostic.of(code, span, "expected " + item + " or `}`, found " + text(found));
  }

  Diagnostic wrongSign(Token found, int expected) {
    var span = Tokens.span(source, found);
    var sign = expected == WeftLexer.ASSIGN ? "=" : ":";
    return Diagnostic.of(
            SyntaxCode.WRONG_SIGN, span, "expected `" + sign + "`, found `" + found.getText() + "`")
        .fix(span, sign);
  }

  /** Two commas in a row. */
  Diagnostic nothingBetween(Token comma, ParserRuleContext list) {
    var span = Tokens.span(source, comma);
    return Diagnostic.of(
            SyntaxCode.UNEXPECTED,
            span,
            "expected " + Expected.item(list) + " after `,`, found `,`")
        .fix(span, "");
  }

  /**
   * A line that ends in the middle of an expression, so that the next one was read as part of it.
   */
  Diagnostic lineEnds(Token last) {
    return Diagnostic.of(
        SyntaxCode.UNEXPECTED,
        Tokens.behind(source, last),
        "expected an expression after `" + last.getText() + "`, found the end of the line");
  }

  /** A bracket that the current token shows to be left open. */
  Diagnostic neverClosed(Parser parser, int closing) {
    var sign = closing == WeftLexer.RIGHT_PAREN ? ")" : "]";
    var stream = parser.getTokenStream();
    var place = Tokens.behind(source, stream.LT(-1));
    int depth = 0;
    int back = -1;
    for (; stream.LT(back) != null && depth < 1; back--) {
      depth += Tokens.opens(stream.LT(back)) ? 1 : 0;
      depth -= Tokens.closes(stream.LT(back)) ? 1 : 0;
    }
    var opened = stream.LT(back + 1);
    return Diagnostic.of(
            SyntaxCode.NEVER_CLOSED,
            Tokens.span(source, opened),
            "this `" + opened.getText() + "` is never closed")
        .note(place, "expected `" + sign + "` here")
        .fix(place, sign);
  }

  private Diagnostic numericName(Token found) {
    return Diagnostic.of(
            SyntaxCode.NOT_A_NAME,
            Tokens.span(source, found),
            "`" + found.getText() + "` is neither a number nor a name")
        .note("a name begins with a letter or `_`; only presets may be called so");
  }

  private static boolean isUnknownStatement(ParserRuleContext context, RecognitionException error) {
    if (context.getRuleIndex() != WeftParser.RULE_statement
        || context.getStart() == error.getOffendingToken()) {
      return false;
    }
    return context instanceof WeftParser.BindStatementContext
        || (context.getClass() == WeftParser.StatementContext.class
            && !Tokens.beginsStatement(context.getStart()));
  }

  private Diagnostic noStatement(Token start, Token next, Token before) {
    var span = Tokens.span(source, start);
    if (sameLine(before, start) && !Tokens.opens(before)) {
      return Diagnostic.of(
              SyntaxCode.UNEXPECTED,
              span,
              "expected an operator or the next line, found " + text(start))
          .note(Tokens.span(source, before), "the statement is complete here");
    }
    var diagnostic =
        Diagnostic.of(SyntaxCode.NOT_A_STATEMENT, span, text(start) + " begins no statement");
    var meant = Spelling.nearest(start.getText(), STATEMENTS);
    if (meant.isPresent() && Tokens.isWord(next)) {
      return diagnostic.note("did you mean `" + meant.get() + "`?").fix(span, meant.get());
    }
    return diagnostic.note("a value gets a name: `y = …` or `y[batch, seq] = …`");
  }

  private static Token before(Parser parser, Token token) {
    var stream = parser.getTokenStream();
    return stream.get(Math.max(0, token.getTokenIndex() - 1));
  }

  private boolean sameLine(Token first, Token second) {
    return source.line(first.getStartIndex()) == source.line(second.getStartIndex());
  }

  /** Where to point: at the token, or behind the last one where the line or the file just ended. */
  private Span place(Token found, Parser parser) {
    var before = parser.getTokenStream().LT(-1);
    boolean ended =
        before != null
            && (found.getType() == Token.EOF
                || (found == parser.getCurrentToken() && !sameLine(before, found)));
    return ended ? Tokens.behind(source, before) : Tokens.span(source, found);
  }

  private static String text(Token found) {
    if (found.getType() == Token.EOF) {
      return "the end of the file";
    }
    return Tokens.isMissing(found) ? "the end of the body" : "`" + found.getText() + "`";
  }
}
