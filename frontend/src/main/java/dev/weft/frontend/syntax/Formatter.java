package dev.weft.frontend.syntax;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;

/**
 * Writes a file in the one canonical layout: two spaces for each level, lists that do not fit into
 * 100 columns one item to a line, all comments kept, never more than one blank line.
 *
 * <p>Formatting a formatted file changes nothing, and the tree of a file is the tree of its
 * formatted form.
 */
public final class Formatter {
  private static final int WIDTH = 100;

  private Formatter() {}

  /** The formatted text; or what is wrong with the syntax, and then no text. */
  public static Checked<String> format(Source source) {
    var parsed = SyntaxParser.parse(source);
    return parsed.hasErrors() || parsed.value().isEmpty()
        ? Checked.failed(parsed.diagnostics())
        : Checked.ok(format(parsed.value().get()));
  }

  /** The canonical text of a tree that was read without errors. */
  static String format(SyntaxTree tree) {
    var text = DocPrinter.print(new FileLayout(tree).file(), WIDTH).strip();
    return text.isEmpty() ? "" : text + "\n";
  }
}
