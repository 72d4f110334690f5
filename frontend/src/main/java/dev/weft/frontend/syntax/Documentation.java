package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the {@code //!} lines that stand right above a declaration. */
final class Documentation {
  private static final String MARK = "//!";

  private final Source source;
  private final Map<Integer, Comment> byLine = new HashMap<>();

  Documentation(Source source, List<Comment> comments) {
    this.source = source;
    for (var comment : comments) {
      if (comment.ownLine() && comment.isDocumentation()) {
        byLine.put(source.line(comment.span().start()), comment);
      }
    }
  }

  String above(Span declaration) {
    int line = source.line(declaration.start());
    int first = line;
    while (byLine.containsKey(first - 1)) {
      first--;
    }
    var text = new StringBuilder();
    for (int i = first; i < line; i++) {
      var comment = byLine.get(i);
      if (comment != null) {
        text.append(text.isEmpty() ? "" : "\n").append(withoutMark(comment));
      }
    }
    return text.toString();
  }

  private static String withoutMark(Comment comment) {
    var text = comment.text().substring(MARK.length());
    return text.startsWith(" ") ? text.substring(1) : text;
  }
}
