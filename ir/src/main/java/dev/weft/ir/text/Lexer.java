package dev.weft.ir.text;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Cuts IR text into tokens; blanks and {@code //} comments separate them. */
final class Lexer {
  private static final String PUNCTUATION = "[](){},:;=*@";

  private final Source source;
  private final String text;
  private final List<Diagnostic> diagnostics;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(Source source, List<Diagnostic> diagnostics) {
    this.source = source;
    this.text = source.text();
    this.diagnostics = diagnostics;
  }

  /** The tokens of a source, the last of them END; what is wrong goes to the diagnostics. */
  static List<Token> tokens(Source source, List<Diagnostic> diagnostics) {
    var lexer = new Lexer(source, diagnostics);
    while (lexer.skipBlank()) {
      lexer.token();
    }
    lexer.add(Token.Kind.END, lexer.at, "");
    return lexer.tokens;
  }

  private boolean skipBlank() {
    while (at < text.length()) {
      if (text.startsWith("//", at)) {
        at = endOfLine();
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void token() {
    char c = text.charAt(at);
    if (c == '%') {
      value();
    } else if (c == '"') {
      quoted();
    } else if (Spelling.isWordStart(c)) {
      run(Token.Kind.WORD, at);
    } else if (startsNumber(c)) {
      number();
    } else if (PUNCTUATION.indexOf(c) >= 0) {
      at++;
      add(Token.Kind.PUNCTUATION, at - 1, String.valueOf(c));
    } else {
      unexpected();
    }
  }

  private void unexpected() {
    int start = at;
    at += Character.charCount(text.codePointAt(at));
    var span = new Span(source, start, at);
    diagnostics.add(
        Diagnostic.of(
            TextCode.UNEXPECTED_CHARACTER, span, "unexpected character `" + span.text() + "`"));
  }

  private void value() {
    int start = at;
    at++;
    int first = at;
    while (at < text.length() && Spelling.isNamePart(text.charAt(at))) {
      at++;
    }
    if (at == first) {
      at = start;
      unexpected();
    } else {
      add(Token.Kind.VALUE, start, text.substring(first, at));
    }
  }

  private void run(Token.Kind kind, int start) {
    while (at < text.length() && Spelling.isNamePart(text.charAt(at))) {
      at++;
    }
    add(kind, start, text.substring(start, at));
  }

  private boolean startsNumber(char c) {
    return Character.isDigit(c) || c == '-' && at + 1 < text.length() && isNumberAfterSign();
  }

  private boolean isNumberAfterSign() {
    return Character.isDigit(text.charAt(at + 1)) || text.startsWith("inf", at + 1);
  }

  /** Digits with a fraction and an exponent, as far as they go; or {@code -inf}. */
  private void number() {
    int start = at;
    at++;
    while (at < text.length() && (Spelling.isNamePart(text.charAt(at)) || isExponentSign())) {
      at++;
    }
    add(Token.Kind.NUMBER, start, text.substring(start, at));
  }

  private boolean isExponentSign() {
    char c = text.charAt(at);
    char before = text.charAt(at - 1);
    return (c == '-' || c == '+') && (before == 'E' || before == 'e');
  }

  private void quoted() {
    int start = at;
    var content = new StringBuilder();
    at++;
    int end = endOfLine();
    while (at < end && text.charAt(at) != '"') {
      content.append(text.charAt(at) == '\\' ? escape(end) : text.charAt(at++));
    }
    if (at == end) {
      var span = new Span(source, start, end);
      diagnostics.add(
          Diagnostic.of(TextCode.UNTERMINATED_TEXT, span, "this text has no closing quote"));
    } else {
      at++;
    }
    add(Token.Kind.TEXT, start, content.toString());
  }

  /** The character for an escape; anything else after a backslash stands for itself. */
  private char escape(int end) {
    at++;
    if (at >= end) {
      return '\\';
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'u' -> unicode(end);
      default -> c;
    };
  }

  private char unicode(int end) {
    if (at + 4 > end || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
      return 'u';
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private void add(Token.Kind kind, int start, String content) {
    tokens.add(new Token(kind, content, new Span(source, start, at), source.line(start)));
  }
}
