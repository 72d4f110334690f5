package dev.weft.ir.json;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * The text of a JSON value, the same on every machine: what fits into a line stands on one,
 * anything else has a line for each member. Numbers stay as they were written.
 */
public final class JsonForm {
  private static final int WIDTH = 100;

  private JsonForm() {}

  /** A whole document, with a line break at its end. */
  public static String write(Json json) {
    return write(json, 0, 0) + "\n";
  }

  /** A text in quotation marks, escaped where need be. */
  public static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  /**
   * @param depth of the line's indentation
   * @param taken columns of the line that the key and the comma take
   */
  private static String write(Json json, int depth, int taken) {
    var line = line(json);
    boolean fits = depth > 0 && 2 * depth + taken + line.length() <= WIDTH;
    return switch (json) {
      case Json.Members object when !fits && !object.members().isEmpty() ->
          lines("{", object.members().stream().map(m -> member(m, depth + 1)).toList(), depth, "}");
      case Json.Items list when !fits && !list.items().isEmpty() ->
          lines("[", list.items().stream().map(i -> write(i, depth + 1, 1)).toList(), depth, "]");
      default -> line;
    };
  }

  private static String member(Json.Member member, int depth) {
    var key = quoted(member.key()) + ": ";
    return key + write(member.value(), depth, key.length() + 1);
  }

  private static String lines(String open, List<String> parts, int depth, String close) {
    var outer = "\n" + "  ".repeat(depth);
    return open + outer + "  " + String.join("," + outer + "  ", parts) + outer + close;
  }

  private static String line(Json json) {
    return switch (json) {
      case Json.Members object when object.members().isEmpty() -> "{}";
      case Json.Members object ->
          "{ "
              + String.join(
                  ", ",
                  object.members().stream()
                      .map(m -> quoted(m.key()) + ": " + line(m.value()))
                      .toList())
              + " }";
      case Json.Items list ->
          "[" + String.join(", ", list.items().stream().map(JsonForm::line).toList()) + "]";
      case Json.Text text -> quoted(text.value());
      case Json.Literal literal -> literal.span().text();
    };
  }
}
