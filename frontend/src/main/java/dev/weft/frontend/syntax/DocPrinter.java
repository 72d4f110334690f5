package dev.weft.frontend.syntax;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lays a {@link Doc} out within a number of columns. */
final class DocPrinter {
  private record Item(int indent, boolean flat, Doc doc) {}

  private final int width;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Item> rest = new ArrayDeque<>();
  private int column;

  private DocPrinter(int width) {
    this.width = width;
  }

  static String print(Doc doc, int width) {
    return new DocPrinter(width).print(doc);
  }

  private String print(Doc doc) {
    rest.push(new Item(0, false, doc));
    while (!rest.isEmpty()) {
      var item = rest.pop();
      switch (item.doc()) {
        case Doc.Text(var text) -> append(text);
        case Doc.Remark(var text) -> append(text);
        case Doc.Line(var flat) when item.flat() -> append(flat);
        case Doc.Line _, Doc.HardLine _ -> breakLine(item.indent());
        case Doc.Indent(var columns, var inner) ->
            rest.push(new Item(item.indent() + columns, item.flat(), inner));
        case Doc.Group(var inner) -> {
          boolean flat = item.flat() || fits(new Item(item.indent(), true, inner));
          rest.push(new Item(item.indent(), flat, inner));
        }
        case Doc.Concat concat -> pushAll(rest, concat, item);
      }
    }
    return out.toString();
  }

  private void append(String text) {
    out.append(text);
    column += text.length();
  }

  private void breakLine(int indent) {
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
    out.append('\n').append(" ".repeat(indent));
    column = indent;
  }

  /**
   * Whether a group fits flat, with what follows it up to the next place where a line may break. A
   * line break that must be inside of it does not fit.
   */
  private boolean fits(Item group) {
    int left = width - column;
    var ahead = new ArrayDeque<Item>();
    ahead.push(group);
    var following = rest.iterator();
    while (left >= 0) {
      if (ahead.isEmpty() && !following.hasNext()) {
        return true;
      }
      boolean inside = !ahead.isEmpty();
      var item = inside ? ahead.pop() : following.next();
      switch (item.doc()) {
        case Doc.Text(var text) -> left -= text.length();
        case Doc.Remark _ -> {}
        case Doc.Line(var flat) when item.flat() -> left -= flat.length();
        case Doc.Line _ -> {
          return true;
        }
        case Doc.HardLine _ -> {
          return !item.flat();
        }
        case Doc.Indent(var columns, var inner) ->
            ahead.push(new Item(item.indent() + columns, item.flat(), inner));
        case Doc.Group(var inner) -> ahead.push(new Item(item.indent(), item.flat(), inner));
        case Doc.Concat concat -> pushAll(ahead, concat, item);
      }
    }
    return false;
  }

  private static void pushAll(Deque<Item> items, Doc.Concat concat, Item around) {
    for (var part : concat.parts().reversed()) {
      items.push(new Item(around.indent(), around.flat(), part));
    }
  }
}
