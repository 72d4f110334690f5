package dev.weft.frontend.syntax;

import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Balances the braces of a file that is broken, before it is parsed again. With balanced braces an
 * error stays in its body, so one missing brace is one diagnostic and not a page of them.
 *
 * <p>Where braces are missing, layout tells which: a declaration at the start of a line closes all
 * that is open, a closing brace belongs to the line that is indented as it is, and so does a
 * statement that stands no deeper than the header of the body it would be in.
 */
final class BraceRepair {
  private final Source source;
  private final List<Diagnostic> diagnostics;
  private final Deque<Token> open = new ArrayDeque<>();
  private final List<Token> balanced = new ArrayList<>();

  /** How many more braces are opened than closed in what is left of the file. */
  private int lacking;

  BraceRepair(Source source, List<Diagnostic> diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  List<Token> repair(List<Token> tokens) {
    boolean damaged = isDamaged(tokens);
    lacking = tokens.stream().mapToInt(BraceRepair::depthChange).sum();
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      if (damaged && lacksBrace(tokens, i)) {
        insertOpening();
      }
      if (token.getType() == Token.EOF || startsDeclaration(tokens, i)) {
        closeAll();
      }
      closeAboveStatement(token);
      take(token, damaged);
    }
    return balanced;
  }

  /** Whether braces do not match, or a declaration stands inside of another. */
  private boolean isDamaged(List<Token> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      if (depth != 0 && startsLine(token) && isDeclarationHeader(tokens, i)) {
        return true;
      }
      depth += depthChange(token);
      if (depth < 0) {
        return true;
      }
    }
    return depth != 0;
  }

  private void take(Token token, boolean trustIndentation) {
    switch (token.getType()) {
      case WeftLexer.LEFT_BRACE -> open.push(token);
      case WeftLexer.RIGHT_BRACE -> {
        boolean tells = trustIndentation && startsLine(token);
        if (open.isEmpty() || (tells && indent(token) > indent(open.getFirst()))) {
          neverOpened(token);
          return;
        }
        if (tells) {
          closeDeeperThan(token);
        }
        open.pop();
      }
      default -> {}
    }
    balanced.add(token);
  }

  private static int depthChange(Token token) {
    return switch (token.getType()) {
      case WeftLexer.LEFT_BRACE -> 1;
      case WeftLexer.RIGHT_BRACE -> -1;
      default -> 0;
    };
  }

  /** Closes inner bodies above a statement that is indented as their headers are, or less. */
  private void closeAboveStatement(Token token) {
    if (!Tokens.isWord(token) || !startsLine(token) || parenthesesOpen()) {
      return;
    }
    while (lacking > 0
        && open.size() > 1
        && indent(token) <= indent(open.getFirst())
        && bodyIsIndented(open.getFirst())) {
      close();
    }
  }

  /** Whether the first line of a body stands deeper than its header, as layout would have it. */
  private boolean bodyIsIndented(Token brace) {
    var body = balanced.subList(balanced.lastIndexOf(brace) + 1, balanced.size());
    return body.stream()
        .filter(this::startsLine)
        .findFirst()
        .filter(first -> indent(first) > indent(brace))
        .isPresent();
  }

  private void closeDeeperThan(Token brace) {
    int indent = indent(brace);
    while (indent(open.getFirst()) > indent
        && open.stream().anyMatch(opened -> indent(opened) == indent)) {
      close();
    }
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      close();
    }
  }

  /** Closes the innermost open brace behind the last token. */
  private void close() {
    lacking--;
    var opened = open.pop();
    var last = balanced.getLast();
    var place = Tokens.behind(source, last);
    diagnostics.add(
        Diagnostic.of(
                SyntaxCode.NEVER_CLOSED, Tokens.span(source, opened), "this `{` is never closed")
            .note(place, "a `}` was expected here at the latest")
            .fix(place, "\n" + " ".repeat(indent(opened)) + "}"));
    balanced.add(Tokens.missing(WeftLexer.RIGHT_BRACE, last));
  }

  private void neverOpened(Token brace) {
    var span = Tokens.span(source, brace);
    diagnostics.add(
        Diagnostic.of(SyntaxCode.NEVER_OPENED, span, "this `}` closes nothing")
            .note("what is open here is closed further on, or nothing is open"));
  }

  private void insertOpening() {
    var last = balanced.getLast();
    var place = Tokens.behind(source, last);
    diagnostics.add(
        Diagnostic.of(SyntaxCode.NO_BRACE, place, "expected `{` after this header")
            .fix(place, " {"));
    var brace = Tokens.missing(WeftLexer.LEFT_BRACE, last);
    open.push(brace);
    balanced.add(brace);
  }

  private boolean startsDeclaration(List<Token> tokens, int at) {
    return !open.isEmpty() && startsLine(tokens.get(at)) && isDeclarationHeader(tokens, at);
  }

  private static boolean isDeclarationHeader(List<Token> tokens, int at) {
    if (!Tokens.beginsDeclaration(tokens.get(at)) || at + 2 >= tokens.size()) {
      return false;
    }
    int next = tokens.get(at + 2).getType();
    return isName(tokens.get(at + 1))
        && (next == WeftLexer.LEFT_BRACE || next == WeftLexer.LEFT_PAREN);
  }

  /** Whether a header ended just before this token, on the line before, without its brace. */
  private boolean lacksBrace(List<Token> tokens, int at) {
    if (balanced.isEmpty() || !startsLine(tokens.get(at)) || parenthesesOpen()) {
      return false;
    }
    int from = balanced.size() - 1;
    while (from > 0 && !startsLine(balanced.get(from))) {
      from--;
    }
    var line = balanced.subList(from, balanced.size());
    if (line.stream().anyMatch(BraceRepair::isBrace)) {
      return false;
    }
    var first = line.getFirst();
    boolean header = first.getType() == WeftLexer.REPEAT || Tokens.beginsDeclaration(first);
    return header
        && tokens.get(at).getType() != WeftLexer.LEFT_BRACE
        && line.size() > 1
        && isName(line.get(1));
  }

  private boolean parenthesesOpen() {
    int depth = 0;
    for (int i = balanced.size() - 1; i >= 0; i--) {
      if (isBrace(balanced.get(i))) {
        break;
      }
      int type = balanced.get(i).getType();
      depth += type == WeftLexer.LEFT_PAREN ? 1 : 0;
      depth -= type == WeftLexer.RIGHT_PAREN ? 1 : 0;
    }
    return depth > 0;
  }

  private static boolean isBrace(Token token) {
    return token.getType() == WeftLexer.LEFT_BRACE || token.getType() == WeftLexer.RIGHT_BRACE;
  }

  private static boolean isName(Token token) {
    return Tokens.isWord(token)
        || token.getType() == WeftLexer.NUMERIC_NAME
        || token.getType() == WeftLexer.NUMBER;
  }

  private boolean startsLine(Token token) {
    return indent(token) == source.column(token.getStartIndex()) - 1;
  }

  /** The width of the space before the first character of the token's line. */
  private int indent(Token token) {
    var line = source.lineText(source.line(token.getStartIndex()));
    return (int) line.chars().takeWhile(c -> c == ' ' || c == '\t').count();
  }
}
