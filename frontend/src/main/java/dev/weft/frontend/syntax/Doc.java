package dev.weft.frontend.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with places where a line may break, as in Wadler's "A prettier printer" (2003): a group is
 * laid out flat where it fits, and otherwise breaks at all of its own places.
 */
sealed interface Doc {
  Doc NOTHING = new Text("");

  /** A space, or a line break where the group breaks. */
  Doc LINE = new Line(" ");

  /** Nothing, or a line break where the group breaks. */
  Doc SOFT_LINE = new Line("");

  /** A line break, always; every group around it breaks. */
  Doc HARD_LINE = new HardLine();

  record Text(String text) implements Doc {}

  /** A comment: it has no width, so that it never breaks what stands before it on its line. */
  record Remark(String text) implements Doc {}

  record Line(String flat) implements Doc {}

  record HardLine() implements Doc {}

  record Indent(int columns, Doc inner) implements Doc {}

  record Group(Doc inner) implements Doc {}

  record Concat(List<Doc> parts) implements Doc {
    public Concat {
      parts = List.copyOf(parts);
    }
  }

  static Doc text(String text) {
    return new Text(text);
  }

  static Doc concat(Doc... parts) {
    return new Concat(List.of(parts));
  }

  static Doc concat(List<Doc> parts) {
    return new Concat(parts);
  }

  static Doc group(Doc... parts) {
    return new Group(concat(parts));
  }

  static Doc indent(int columns, Doc... parts) {
    return new Indent(columns, concat(parts));
  }

  static Doc join(Doc separator, List<Doc> parts) {
    var joined = new ArrayList<Doc>();
    for (var part : parts) {
      if (!joined.isEmpty()) {
        joined.add(separator);
      }
      joined.add(part);
    }
    return concat(joined);
  }
}
