package dev.weft.ir.text;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A place in a sequence of tokens, and the diagnostics of the text. */
final class Tokens {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<Token> tokens;
  private int at;

  Tokens(Source source) {
    tokens = Lexer.tokens(source, diagnostics);
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** Takes a token; END is never passed. */
  Token next() {
    var token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  boolean at(String punctuationOrWord) {
    return peek().is(punctuationOrWord);
  }

  boolean at(Token.Kind kind) {
    return peek().kind() == kind;
  }

  /** Takes a token if it is the given one. */
  boolean accept(String punctuationOrWord) {
    boolean found = at(punctuationOrWord);
    if (found) {
      next();
    }
    return found;
  }

  Token expect(String punctuationOrWord) {
    if (!at(punctuationOrWord)) {
      throw expected("`" + punctuationOrWord + "`");
    }
    return next();
  }

  Token expect(Token.Kind kind, String described) {
    if (!at(kind)) {
      throw expected(described);
    }
    return next();
  }

  /** A bare word or a quoted text. */
  String name(String described) {
    return nameToken(described).text();
  }

  Token nameToken(String described) {
    if (!at(Token.Kind.WORD) && !at(Token.Kind.TEXT)) {
      throw expected(described);
    }
    return next();
  }

  /** Items between brackets, separated by commas; a comma after the last is allowed. */
  <T> List<T> list(String open, String close, Supplier<T> item) {
    var items = new ArrayList<T>();
    expect(open);
    while (!at(close)) {
      items.add(item.get());
      if (!accept(",")) {
        break;
      }
    }
    expect(close);
    return items;
  }

  /** The span from a token to the last one taken. */
  Span since(Token start) {
    var last = tokens.get(Math.max(0, at - 1)).span();
    return last.start() < start.span().start() ? start.span() : start.span().to(last);
  }

  void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  void report(Code code, Span span, String message) {
    report(Diagnostic.of(code, span, message));
  }

  SyntaxFailure expected(String described) {
    var message = "expected " + described + ", found " + peek().described();
    return failure(TextCode.SYNTAX, peek().span(), message);
  }

  SyntaxFailure failure(Code code, Span span, String message) {
    return new SyntaxFailure(Diagnostic.of(code, span, message));
  }

  /** A place to which {@link #reset} returns. */
  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  /** Skips to a comma or a closing bracket of the surrounding list. */
  void skipItem() {
    int depth = 0;
    while (!at(Token.Kind.END) && (depth > 0 || !at(",") && !isClosing(peek()))) {
      depth += depthChange(next());
    }
  }

  /** Skips at least one token, to what begins a line and a statement or ends a block. */
  void skipStatement() {
    int depth = depthChange(next());
    while (!at(Token.Kind.END) && !beginsStatement(depth)) {
      depth += depthChange(next());
    }
  }

  /** Skips at least one token, to the next function. */
  void skipFunction() {
    do {
      next();
    } while (!at(Token.Kind.END) && !(isFirstOfLine() && at("func")));
  }

  private boolean beginsStatement(int depth) {
    boolean ends = at("}") || at("yield") || at("return");
    return isFirstOfLine() && (at("func") || depth <= 0 && (ends || at(Token.Kind.VALUE)));
  }

  private boolean isFirstOfLine() {
    return at == 0 || tokens.get(at - 1).line() != peek().line();
  }

  private static int depthChange(Token token) {
    return isOpening(token) ? 1 : isClosing(token) ? -1 : 0;
  }

  private static boolean isOpening(Token token) {
    return token.is("(") || token.is("[") || token.is("{");
  }

  private static boolean isClosing(Token token) {
    return token.is(")") || token.is("]") || token.is("}");
  }
}
