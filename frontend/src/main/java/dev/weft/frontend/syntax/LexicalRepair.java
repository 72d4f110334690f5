package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * Takes comments and space out of the tokens, reports what no file of Weft may hold, and puts what
 * was meant in its place, so that the parser sees tokens of the language only.
 */
final class LexicalRepair {
  private final Source source;
  private final List<Diagnostic> diagnostics;
  private int unknownEnd = -1;

  LexicalRepair(Source source, List<Diagnostic> diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  List<Token> repair(List<Token> tokens) {
    var kept = new ArrayList<Token>();
    for (var token : tokens) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        meant(token).ifPresent(kept::add);
      }
    }
    return kept;
  }

  private Optional<Token> meant(Token token) {
    var span = Tokens.span(source, token);
    return switch (token.getType()) {
      case WeftLexer.HASH_COMMENT -> {
        var mark = new Span(source, span.start(), span.start() + 1);
        yield nothing(foreign(mark, "a comment begins with `//`, not with `#`").fix(mark, "//"));
      }
      case WeftLexer.BLOCK_COMMENT -> {
        var mark = new Span(source, span.start(), span.start() + 2);
        yield nothing(foreign(mark, "a comment begins with `//` and ends with its line"));
      }
      case WeftLexer.SEMICOLON ->
          nothing(foreign(span, "a statement ends without `;`").fix(span, ""));
      case WeftLexer.STRING ->
          instead(WeftLexer.NAME, token, foreign(span, "names stand without quotation marks"));
      case WeftLexer.EQUALS -> instead(WeftLexer.ASSIGN, token, replaced(span, "="));
      case WeftLexer.COLON_EQUALS -> instead(WeftLexer.ASSIGN, token, replaced(span, "="));
      case WeftLexer.FAT_ARROW -> instead(WeftLexer.ARROW, token, replaced(span, "->"));
      case WeftLexer.AT -> instead(WeftLexer.STAR, token, product(span));
      case WeftLexer.POWER ->
          instead(
              WeftLexer.STAR,
              token,
              foreign(span, "there is no `" + span.text() + "`: use `square(x)` or a product"));
      case WeftLexer.PARTIAL_NUMBER -> instead(WeftLexer.NUMBER, token, partialNumber(span));
      case WeftLexer.UNKNOWN -> unknown(token, span);
      default -> Optional.of(token);
    };
  }

  private Optional<Token> nothing(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    return Optional.empty();
  }

  private Optional<Token> instead(int type, Token token, Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    return Optional.of(Tokens.as(type, token));
  }

  private Diagnostic foreign(Span span, String message) {
    return Diagnostic.of(SyntaxCode.FOREIGN_FORM, span, message);
  }

  private Diagnostic replaced(Span span, String meant) {
    return foreign(span, "expected `" + meant + "`, found `" + span.text() + "`").fix(span, meant);
  }

  private Diagnostic product(Span span) {
    return foreign(span, "a product is written with `*`, a contraction too")
        .note("axes that the result does not bear are summed over")
        .fix(span, "*");
  }

  private Diagnostic partialNumber(Span span) {
    var digits = span.text();
    var whole = digits.startsWith(".") ? "0" + digits : digits + "0";
    return Diagnostic.of(
            SyntaxCode.BAD_NUMBER, span, "`" + digits + "` lacks digits on one side of the point")
        .fix(span, whole);
  }

  /** A run of unknown characters is one report; what looks like space is read as space. */
  private Optional<Token> unknown(Token token, Span span) {
    boolean continues = span.start() == unknownEnd;
    unknownEnd = span.end();
    if (!continues) {
      diagnostics.add(unknownCharacter(span));
    }
    return continues || isBlank(span) ? Optional.empty() : Optional.of(token);
  }

  private boolean isBlank(Span span) {
    int character = source.text().codePointAt(span.start());
    return Character.isISOControl(character) || Character.isSpaceChar(character);
  }

  private Diagnostic unknownCharacter(Span span) {
    int character = source.text().codePointAt(span.start());
    var number = String.format(Locale.ROOT, "U+%04X", character);
    var shown = isBlank(span) ? number : "`" + Character.toString(character) + "` (" + number + ")";
    return Diagnostic.of(SyntaxCode.UNKNOWN_CHARACTER, span, "the character " + shown);
  }
}
