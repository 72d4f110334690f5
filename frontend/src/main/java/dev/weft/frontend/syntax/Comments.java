package dev.weft.frontend.syntax;

import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Collects the comments of a token list. */
final class Comments {
  private Comments() {}

  static List<Comment> of(Source source, List<Token> tokens) {
    var comments = new ArrayList<Comment>();
    for (var token : tokens) {
      if (token.getType() == WeftLexer.COMMENT) {
        var span = Tokens.span(source, token);
        comments.add(new Comment(span.text().stripTrailing(), ownLine(source, span.start()), span));
      }
    }
    return comments;
  }

  private static boolean ownLine(Source source, int offset) {
    int indent = source.column(offset) - 1;
    return source.text().substring(offset - indent, offset).isBlank();
  }
}
