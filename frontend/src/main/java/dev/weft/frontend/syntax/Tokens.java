package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** Questions about single tokens. */
final class Tokens {
  private static final Set<Integer> DECLARATION_WORDS =
      Set.of(WeftLexer.MODEL, WeftLexer.BLOCK, WeftLexer.PRESET, WeftLexer.TRAIN);

  private static final Set<Integer> STATEMENT_WORDS =
      Set.of(
          WeftLexer.AXIS,
          WeftLexer.INPUT,
          WeftLexer.PARAM,
          WeftLexer.REPEAT,
          WeftLexer.OUTPUT,
          WeftLexer.RETURN,
          WeftLexer.SHARD);

  private Tokens() {}

  static Span span(Source source, Token token) {
    int start = Math.max(0, token.getStartIndex());
    return new Span(source, start, Math.max(start, token.getStopIndex() + 1));
  }

  /** The empty span just behind a token, where something was left out. */
  static Span behind(Source source, Token token) {
    int end = span(source, token).end();
    return new Span(source, end, end);
  }

  static boolean isWord(Token token) {
    int type = token.getType();
    return type == WeftLexer.NAME || (type >= WeftLexer.MODEL && type <= WeftLexer.OVER);
  }

  static boolean beginsDeclaration(Token token) {
    return DECLARATION_WORDS.contains(token.getType());
  }

  /** Whether this is a keyword that begins a statement. */
  static boolean beginsStatement(Token token) {
    return STATEMENT_WORDS.contains(token.getType());
  }

  static boolean opens(Token token) {
    return switch (token.getType()) {
      case WeftLexer.LEFT_PAREN, WeftLexer.LEFT_BRACKET, WeftLexer.LEFT_BRACE -> true;
      default -> false;
    };
  }

  static boolean closes(Token token) {
    return switch (token.getType()) {
      case WeftLexer.RIGHT_PAREN, WeftLexer.RIGHT_BRACKET, WeftLexer.RIGHT_BRACE -> true;
      default -> false;
    };
  }

  /** A token in the place and with the text of another, but of another type. */
  static Token as(int type, Token token) {
    var result = new CommonToken(token);
    result.setType(type);
    return result;
  }

  /** Whether the user left this token out. */
  static boolean isMissing(Token token) {
    return token.getType() != Token.EOF && token.getStopIndex() < token.getStartIndex();
  }

  /** A token that the user left out, standing in no space just behind another. */
  static Token missing(int type, Token behind) {
    var result = new CommonToken(behind);
    result.setType(type);
    result.setStartIndex(behind.getStopIndex() + 1);
    result.setStopIndex(behind.getStopIndex());
    return result;
  }
}
