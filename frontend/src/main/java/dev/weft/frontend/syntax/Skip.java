package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import java.util.function.BooleanSupplier;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;

/**
 * Skips tokens behind an error. Brackets that are opened on the way are skipped whole, and no skip
 * leaves the braces it began in.
 */
final class Skip {
  private final Source source;
  private final Parser parser;

  Skip(Source source, Parser parser) {
    this.source = source;
    this.parser = parser;
  }

  /** To the `,` or `)` behind a broken parameter. */
  void toNextInList() {
    until(() -> is(WeftLexer.COMMA) || is(WeftLexer.RIGHT_PAREN) || is(WeftLexer.LEFT_BRACE));
  }

  /** To the `{` behind a broken header; false where there is none before something else begins. */
  boolean toBody() {
    until(
        () ->
            is(WeftLexer.LEFT_BRACE)
                || (startsLine() && (Tokens.beginsDeclaration(current()) || looksLikeStatement())));
    return is(WeftLexer.LEFT_BRACE);
  }

  /** To the next setting; at least one token goes unless the braces end here. */
  void toNextSetting() {
    step();
    until(() -> is(WeftLexer.COMMA) || (startsLine() && Tokens.isWord(current())));
    if (is(WeftLexer.COMMA)) {
      parser.consume();
    }
  }

  /** To the next line that begins with a word; at least one token goes past the start. */
  void toNextStatement(Token start) {
    if (current() == start) {
      step();
    }
    until(() -> startsLine() && Tokens.isWord(current()));
  }

  /** To the next declaration at the start of a line; at least one token goes. */
  void toNextDeclaration() {
    if (!is(Token.EOF)) {
      anything();
    }
    while (!is(Token.EOF) && !(startsLine() && Tokens.beginsDeclaration(current()))) {
      anything();
    }
  }

  /** Over the next thing, be it a brace that nothing here opened. */
  private void anything() {
    if (is(WeftLexer.RIGHT_BRACE)) {
      parser.consume();
    } else {
      step();
    }
  }

  private void until(BooleanSupplier reached) {
    while (!is(Token.EOF) && !is(WeftLexer.RIGHT_BRACE) && !reached.getAsBoolean()) {
      step();
    }
  }

  /** Over one token, or over a bracket and all that it holds. */
  private void step() {
    if (is(Token.EOF) || is(WeftLexer.RIGHT_BRACE)) {
      return;
    }
    boolean opens = Tokens.opens(current());
    boolean brace = is(WeftLexer.LEFT_BRACE);
    parser.consume();
    if (opens) {
      inside(brace);
    }
  }

  private void inside(boolean brace) {
    while (!is(Token.EOF) && !Tokens.closes(current())) {
      if (!brace && startsLine() && looksLikeStatement()) {
        return;
      }
      step();
    }
    if (is(WeftLexer.RIGHT_BRACE) == brace && !is(Token.EOF)) {
      parser.consume();
    }
  }

  /** Whether a parenthesis must have been left open, as no list goes on like this. */
  private boolean looksLikeStatement() {
    var next = parser.getTokenStream().LT(2);
    return Tokens.isWord(current())
        && (next.getType() == WeftLexer.ASSIGN
            || (Tokens.beginsStatement(current()) && Tokens.isWord(next)));
  }

  private Token current() {
    return parser.getCurrentToken();
  }

  private boolean is(int type) {
    return current().getType() == type;
  }

  private boolean startsLine() {
    var before = parser.getTokenStream().LT(-1);
    return before == null
        || source.line(before.getStartIndex()) < source.line(current().getStartIndex());
  }
}
