package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.List;

/** The comments that are not laid out yet; the layout takes them in the order of the file. */
final class PendingComments {
  private final Source source;
  private final List<Comment> comments;
  private int next;

  PendingComments(SyntaxTree tree) {
    this.source = tree.source();
    this.comments = tree.comments();
  }

  boolean anyBefore(int offset) {
    return next < comments.size() && comments.get(next).span().start() < offset;
  }

  /** All comments that begin before an offset. */
  List<Comment> takeBefore(int offset) {
    int first = next;
    while (anyBefore(offset)) {
      next++;
    }
    return comments.subList(first, next);
  }

  /** The comment on the line of an offset and before a limit, with text before it; none or one. */
  List<Comment> takeBeside(int offset, int limit) {
    boolean beside =
        anyBefore(limit)
            && !comments.get(next).ownLine()
            && source.line(comments.get(next).span().start()) == source.line(offset);
    return beside ? takeBefore(comments.get(next).span().end()) : List.of();
  }

  /** The space before what begins at an offset, with the comments that stand in it. */
  Doc space(Doc usual, int offset) {
    if (!anyBefore(offset)) {
      return usual;
    }
    var parts = new ArrayList<Doc>();
    boolean lineBegins = false;
    for (var comment : takeBefore(offset)) {
      if (!lineBegins) {
        parts.add(comment.ownLine() ? Doc.HARD_LINE : Doc.text("  "));
      }
      parts.add(new Doc.Remark(comment.text()));
      parts.add(Doc.HARD_LINE);
      lineBegins = true;
    }
    return Doc.concat(parts);
  }
}
