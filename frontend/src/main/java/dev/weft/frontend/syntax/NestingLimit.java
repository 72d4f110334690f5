package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Bounds the depth of the tree, so that everything that walks one by recursion stays within its
 * stack: how deep brackets and minus signs nest, and how many operators may be open at one place.
 */
final class NestingLimit {
  static final int DEPTH = 100;
  static final int OPERATORS = 1000;

  private final Source source;
  private final List<Diagnostic> diagnostics;

  /** Operators of the expression that is open at each depth of brackets, and their sum. */
  private final int[] operators = new int[DEPTH + 2];

  private int total;
  private int depth;

  NestingLimit(Source source, List<Diagnostic> diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  boolean holds(List<Token> tokens) {
    int signs = 0;
    for (var token : tokens) {
      signs = token.getType() == WeftLexer.MINUS ? signs + 1 : 0;
      count(token);
      if (depth + signs > DEPTH) {
        return exceeded(token, "more than " + DEPTH + " brackets or signs inside one another");
      }
      if (total > OPERATORS) {
        return exceeded(token, "more than " + OPERATORS + " operators in one expression");
      }
    }
    return true;
  }

  private void count(Token token) {
    switch (token.getType()) {
      case WeftLexer.PLUS, WeftLexer.MINUS, WeftLexer.STAR, WeftLexer.SLASH -> operator();
      case WeftLexer.ASSIGN, WeftLexer.COMMA, WeftLexer.COLON, WeftLexer.RETURN -> forget();
      case WeftLexer.LEFT_BRACKET -> {
        operator();
        depth++;
      }
      case WeftLexer.LEFT_PAREN, WeftLexer.LEFT_BRACE -> depth++;
      case WeftLexer.RIGHT_PAREN, WeftLexer.RIGHT_BRACKET, WeftLexer.RIGHT_BRACE -> {
        forget();
        depth = Math.max(0, depth - 1);
      }
      default -> {}
    }
  }

  private void operator() {
    operators[depth]++;
    total++;
  }

  private void forget() {
    total -= operators[depth];
    operators[depth] = 0;
  }

  private boolean exceeded(Token token, String message) {
    diagnostics.add(
        Diagnostic.of(SyntaxCode.TOO_DEEP, Tokens.span(source, token), message)
            .note("the file was not read any further"));
    return false;
  }
}
