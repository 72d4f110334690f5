package dev.weft.ir.text;

import dev.weft.ir.source.Span;

/**
 * A word of IR text.
 *
 * @param text the content: without the {@code %} or {@code @} of names, and without the quotes and
 *     escapes of texts
 * @param line the line on which it begins, counted from 1
 */
record Token(Kind kind, String text, Span span, int line) {
  enum Kind {
    /** A bare word, such as {@code lookup} or {@code f64}. */
    WORD,
    /** A value's name, such as {@code %x.1}. */
    VALUE,
    NUMBER,
    /** A quoted text. */
    TEXT,
    PUNCTUATION,
    END
  }

  boolean is(String punctuationOrWord) {
    return (kind == Kind.PUNCTUATION || kind == Kind.WORD) && text.equals(punctuationOrWord);
  }

  /** How a message names it. */
  String described() {
    return kind == Kind.END ? "the end of the text" : "`" + span.text() + "`";
  }
}
