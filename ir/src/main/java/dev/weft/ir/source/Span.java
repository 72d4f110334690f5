package dev.weft.ir.source;

/**
 * A half-open range of characters in a source.
 *
 * @param start offset of the first character
 * @param end offset after the last character
 */
public record Span(Source source, int start, int end) {
  /** The place of what the compiler made itself. */
  public static final Span NONE = new Span(new Source("<generated>", ""), 0, 0);

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  /** The smallest span that covers both. */
  public Span to(Span other) {
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }

  public String text() {
    return source.text().substring(start, end);
  }

  /** {@code file:line:column}. */
  public String place() {
    return source.name() + ":" + source.line(start) + ":" + source.column(start);
  }

  @Override
  public String toString() {
    return place();
  }
}
