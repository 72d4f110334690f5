package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/**
 * What the parser does at an error: reports it once, leaves the rules up to the nearest one that
 * can go on (a parameter, a header, a setting, a statement, a declaration), and skips to where that
 * one ends. A closing bracket left out and {@code =} and {@code :} confused are mended on the spot.
 */
final class Recovery extends DefaultErrorStrategy {
  private final Source source;
  private final List<Diagnostic> diagnostics;
  private final Explanation explanation;

  /** Where the last doubled comma was reported. */
  private int doubledComma = -1;

  Recovery(Source source, List<Diagnostic> diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.explanation = new Explanation(source);
  }

  @Override
  public void reportError(Parser parser, RecognitionException error) {
    if (!inErrorRecoveryMode(parser)) {
      beginErrorCondition(parser);
      report(error.getOffendingToken(), explanation.of(parser, error));
    }
  }

  /** Adds a diagnostic, unless it is about a character that is reported already. */
  private void report(Token found, Diagnostic diagnostic) {
    if (found.getType() != WeftLexer.UNKNOWN) {
      diagnostics.add(diagnostic);
    }
  }

  @Override
  public void recover(Parser parser, RecognitionException error) {
    var context = parser.getContext();
    var skip = new Skip(source, parser);
    switch (context.getRuleIndex()) {
      case WeftParser.RULE_sizeParameter, WeftParser.RULE_formal -> skip.toNextInList();
      case WeftParser.RULE_modelHeader,
          WeftParser.RULE_blockHeader,
          WeftParser.RULE_presetHeader,
          WeftParser.RULE_trainHeader,
          WeftParser.RULE_repeatHeader -> {
        if (!skip.toBody()) {
          return; // Still in error: that the body lacks its brace is no news.
        }
      }
      case WeftParser.RULE_setting -> skip.toNextSetting();
      case WeftParser.RULE_statement -> skip.toNextStatement(context.getStart());
      case WeftParser.RULE_declaration, WeftParser.RULE_file -> skip.toNextDeclaration();
      default -> throw error;
    }
    endErrorCondition(parser);
  }

  /** Called where a list goes on or ends: reports and skips what begins no item of it. */
  @Override
  public void sync(Parser parser) {
    switch (parser.getContext().getRuleIndex()) {
      case WeftParser.RULE_file -> syncDeclarations(parser);
      case WeftParser.RULE_body -> syncStatements(parser);
      case WeftParser.RULE_settings -> syncSettings(parser);
      default -> syncList(parser);
    }
  }

  private void syncDeclarations(Parser parser) {
    var token = parser.getCurrentToken();
    if (token.getType() != Token.EOF && !Tokens.beginsDeclaration(token)) {
      report(token, explanation.noDeclaration(parser));
      new Skip(source, parser).toNextDeclaration();
    }
  }

  private void syncStatements(Parser parser) {
    var token = parser.getCurrentToken();
    if (Tokens.isWord(token) || endsItems(token)) {
      return;
    }
    var stream = parser.getTokenStream();
    boolean lineWasEaten =
        token.getType() == WeftLexer.ASSIGN
            && Tokens.isWord(stream.LT(-1))
            && isLater(stream.LT(-1), stream.LT(-2));
    report(
        token,
        lineWasEaten
            ? explanation.lineEnds(stream.LT(-2))
            : explanation.noItem(token, SyntaxCode.NOT_A_STATEMENT, "a statement"));
    new Skip(source, parser).toNextStatement(token);
  }

  private void syncSettings(Parser parser) {
    var token = parser.getCurrentToken();
    var before = parser.getTokenStream().LT(-1);
    boolean comma =
        token.getType() == WeftLexer.COMMA
            && before.getType() != WeftLexer.LEFT_BRACE
            && before.getType() != WeftLexer.COMMA;
    if (!comma && !Tokens.isWord(token) && !endsItems(token)) {
      report(token, explanation.noItem(token, SyntaxCode.UNEXPECTED, "a setting"));
      new Skip(source, parser).toNextSetting();
    }
  }

  private static boolean endsItems(Token token) {
    return token.getType() == WeftLexer.RIGHT_BRACE || token.getType() == Token.EOF;
  }

  private void syncList(Parser parser) {
    var token = parser.getCurrentToken();
    var before = parser.getTokenStream().LT(-1);
    if (token.getType() == WeftLexer.COMMA
        && before != null
        && before.getType() == WeftLexer.COMMA
        && doubledComma != token.getTokenIndex()) {
      doubledComma = token.getTokenIndex();
      diagnostics.add(explanation.nothingBetween(token, parser.getContext()));
    }
  }

  @Override
  public Token recoverInline(Parser parser) {
    int expected = parser.getExpectedTokens().getMinElement();
    var found = parser.getCurrentToken();
    if (isConfused(expected, found.getType())) {
      diagnostics.add(explanation.wrongSign(found, expected));
      parser.consume();
      return found;
    }
    if (isLeftOut(expected, parser)) {
      diagnostics.add(explanation.neverClosed(parser, expected));
      return getMissingSymbol(parser);
    }
    if (expected == WeftLexer.LEFT_BRACE) {
      return recoverAtBody(parser);
    }
    throw new InputMismatchException(parser);
  }

  /** What stands between a header and its body is skipped, so that the body is read. */
  private Token recoverAtBody(Parser parser) {
    var error = new InputMismatchException(parser);
    reportError(parser, error);
    if (!new Skip(source, parser).toBody()) {
      throw error;
    }
    endErrorCondition(parser);
    var brace = parser.getCurrentToken();
    parser.consume();
    return brace;
  }

  private static boolean isConfused(int expected, int found) {
    return (expected == WeftLexer.ASSIGN && found == WeftLexer.COLON)
        || (expected == WeftLexer.COLON && found == WeftLexer.ASSIGN);
  }

  /** Whether a closing bracket was left out here, rather than something else being wrong. */
  private boolean isLeftOut(int expected, Parser parser) {
    var found = parser.getCurrentToken();
    var before = parser.getTokenStream().LT(-1);
    return switch (expected) {
      case WeftLexer.RIGHT_PAREN -> endsBrackets(found) || isLater(found, before);
      case WeftLexer.RIGHT_BRACKET ->
          endsBrackets(found) || endsAxes(found) || isLater(found, before);
      default -> false;
    };
  }

  private static boolean endsBrackets(Token found) {
    return switch (found.getType()) {
      case Token.EOF,
          WeftLexer.LEFT_BRACE,
          WeftLexer.RIGHT_BRACE,
          WeftLexer.RIGHT_PAREN,
          WeftLexer.RIGHT_BRACKET,
          WeftLexer.ARROW ->
          true;
      default -> false;
    };
  }

  /** What comes behind the axes of a declaration and never among them. */
  private static boolean endsAxes(Token found) {
    return switch (found.getType()) {
      case WeftLexer.ASSIGN, WeftLexer.IN, WeftLexer.FROM -> true;
      default -> false;
    };
  }

  private boolean isLater(Token token, Token before) {
    return source.line(token.getStartIndex()) > source.line(before.getStartIndex());
  }
}
