package dev.weft.frontend.syntax;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * Reads a source into a syntax tree.
 *
 * <p>A tree always comes back, whatever the text: what is broken is reported and left out of it,
 * and reading goes on behind it, so that one run finds every independent mistake.
 */
public final class SyntaxParser {
  private final Source source;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private SyntaxParser(Source source) {
    this.source = source;
  }

  public static Checked<SyntaxTree> parse(Source source) {
    return new SyntaxParser(source).parse();
  }

  /** One setting, as a preset holds it; absent where the text is not exactly that. */
  public static Checked<Setting> parseSetting(Source source) {
    return new SyntaxParser(source).parseSetting();
  }

  private Checked<Setting> parseSetting() {
    var words = new LexicalRepair(source, diagnostics).repair(lex());
    if (!new NestingLimit(source, diagnostics).holds(words)) {
      return Checked.failed(diagnostics);
    }
    var parser = parser(words, diagnostics);
    var setting = parser.setting();
    boolean isWhole = parser.getCurrentToken().getType() == Token.EOF;
    return diagnostics.isEmpty() && setting.exception == null && isWhole
        ? Checked.ok(new TreeBuilder(source, diagnostics).setting(setting))
        : Checked.failed(diagnostics);
  }

  private Checked<SyntaxTree> parse() {
    var all = lex();
    var comments = Comments.of(source, all);
    var words = new LexicalRepair(source, diagnostics).repair(all);
    var tree =
        new NestingLimit(source, diagnostics).holds(words)
            ? tree(words, comments)
            : new SyntaxTree(source, List.of(), comments, source.whole());
    diagnostics.sort(Comparator.comparingInt(d -> d.span().start()));
    return Checked.of(tree, diagnostics);
  }

  /** Braces are mended by their layout, which means nothing in a file that is right: that first. */
  private SyntaxTree tree(List<Token> words, List<Comment> comments) {
    var found = new ArrayList<Diagnostic>();
    var tree = build(words, comments, found);
    if (!found.isEmpty()) {
      found.clear();
      tree = build(new BraceRepair(source, found).repair(words), comments, found);
    }
    diagnostics.addAll(found);
    return tree;
  }

  private List<Token> lex() {
    var lexer = new WeftLexer(CharStreams.fromString(oneUnitPerCharacter(source.text())));
    lexer.removeErrorListeners();
    var tokens = new ArrayList<Token>();
    for (var token = lexer.nextToken(); ; token = lexer.nextToken()) {
      tokens.add(token);
      if (token.getType() == Token.EOF) {
        return tokens;
      }
    }
  }

  private SyntaxTree build(List<Token> tokens, List<Comment> comments, List<Diagnostic> found) {
    return new TreeBuilder(source, found).build(parser(tokens, found).file(), comments);
  }

  private WeftParser parser(List<Token> tokens, List<Diagnostic> found) {
    var parser = new WeftParser(new CommonTokenStream(new ListTokenSource(tokens)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new Recovery(source, found));
    return parser;
  }

  /**
   * ANTLR counts code points and a {@link Source} counts UTF-16 units; with a stand-in for each
   * half of a pair both count the same. Such characters are legal in comments only, and those are
   * read from the source.
   */
  private static String oneUnitPerCharacter(String text) {
    var units = new StringBuilder(text.length());
    text.chars().forEach(c -> units.append(Character.isSurrogate((char) c) ? '\uFFFD' : (char) c));
    return units.toString();
  }
}
