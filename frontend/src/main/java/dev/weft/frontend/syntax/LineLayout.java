package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lays out what stands one below the other, with the comments and blank lines between. */
final class LineLayout {
  /** Columns by which a body is indented. */
  static final int STEP = 2;

  private final SyntaxTree tree;
  private final Source source;
  private final PendingComments comments;

  LineLayout(SyntaxTree tree, PendingComments comments) {
    this.tree = tree;
    this.source = tree.source();
    this.comments = comments;
  }

  /** Lines in braces, from the space before the first brace on; {@code end} is behind the last. */
  <T extends SyntaxNode> Doc braces(List<T> items, Function<T, Doc> layout, int end) {
    int first = items.isEmpty() ? end - 1 : items.getFirst().span().start();
    var beside = comments.takeBeside(openingBrace(first), end);
    var opening = Doc.concat(Doc.text(" {"), remarks(beside));
    if (!items.isEmpty() || comments.anyBefore(end)) {
      var inside = sequence(items, layout, end - 1);
      return Doc.concat(
          opening, Doc.indent(STEP, Doc.HARD_LINE, inside), Doc.HARD_LINE, Doc.text("}"));
    }
    return Doc.concat(opening, beside.isEmpty() ? Doc.NOTHING : Doc.HARD_LINE, Doc.text("}"));
  }

  /** Items on lines of their own, and the comments up to an offset. */
  <T extends SyntaxNode> Doc sequence(List<T> items, Function<T, Doc> layout, int end) {
    var lines = new Lines();
    for (var item : items) {
      int start = item.span().start();
      boolean apart = lines.afterLarge || isLarge(item);
      for (var comment : comments.takeBefore(start)) {
        lines.add(comment.span().start(), comment.span().end(), remark(comment), apart);
        apart = false;
      }
      var line = layout.apply(item);
      for (var comment : comments.takeBefore(item.span().end())) {
        lines.add(start, start, remark(comment), apart);
        apart = false;
      }
      lines.add(start, item.span().end(), line, apart);
      lines.parts.add(remarks(comments.takeBeside(item.span().end() - 1, source.text().length())));
      lines.afterLarge = isLarge(item);
    }
    for (var comment : comments.takeBefore(end)) {
      lines.add(comment.span().start(), comment.span().end(), remark(comment), false);
    }
    return Doc.concat(lines.parts);
  }

  boolean breaksBetween(int from, int to) {
    return lineBreaks(from, to) > 0;
  }

  /** Whether blank lines always set an item apart. */
  private static boolean isLarge(SyntaxNode item) {
    return item instanceof ModelDecl || item instanceof BlockDecl;
  }

  private static Doc remark(Comment comment) {
    return new Doc.Remark(comment.text());
  }

  private static Doc remarks(List<Comment> beside) {
    return Doc.concat(beside.stream().map(c -> Doc.concat(Doc.text("  "), remark(c))).toList());
  }

  /** The last brace before an offset, between which and the offset are only space and comments. */
  private int openingBrace(int offset) {
    int at = offset - 1;
    while (at > 0 && (source.text().charAt(at) != '{' || inComment(at))) {
      at--;
    }
    return Math.max(at, 0);
  }

  private boolean inComment(int offset) {
    return tree.comments().stream()
        .anyMatch(c -> c.span().start() <= offset && offset < c.span().end());
  }

  private long lineBreaks(int from, int to) {
    return source.text().substring(from, Math.max(from, to)).chars().filter(c -> c == '\n').count();
  }

  /** Lines so far, with one blank line where the source has some or an item is set apart. */
  private final class Lines {
    private final List<Doc> parts = new ArrayList<>();
    private int previousEnd = -1;
    private boolean afterLarge;

    void add(int start, int end, Doc line, boolean apart) {
      if (previousEnd >= 0) {
        parts.add(Doc.HARD_LINE);
        if (apart || lineBreaks(previousEnd, start) > 1) {
          parts.add(Doc.HARD_LINE);
        }
      }
      parts.add(line);
      previousEnd = end;
    }
  }
}
