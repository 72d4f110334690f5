package dev.weft.ir.source;

import java.util.Arrays;

/** A named text, with the positions of its lines. */
public final class Source {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  public Source(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  /** A file name or a description such as {@code --plan}. */
  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** The line of an offset, counted from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of an offset, counted from 1. */
  public int column(int offset) {
    return offset - lineStarts[line(offset) - 1] + 1;
  }

  /** The text of a line (counted from 1) without its line break. */
  public String lineText(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] : text.length();
    return text.substring(start, end).stripTrailing();
  }

  /** The span of the whole text. */
  public Span whole() {
    return new Span(this, 0, text.length());
  }

  @Override
  public String toString() {
    return name;
  }

  private static int[] lineStarts(String text) {
    var starts = java.util.stream.IntStream.builder().add(0);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts.add(i + 1);
      }
    }
    return starts.build().toArray();
  }
}
