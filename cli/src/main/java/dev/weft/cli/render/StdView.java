package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.frontend.syntax.BlockDecl;
import java.util.List;
import java.util.stream.Collectors;

/** Blocks of the standard library. */
public record StdView(List<BlockDecl> blocks, Depth depth) implements View {
  /** How much of each block is shown. */
  public enum Depth {
    /** What a caller needs to know. */
    HEADS,
    /** Its text. */
    WHOLE
  }

  public StdView {
    blocks = List.copyOf(blocks);
  }

  @Override
  public String text() {
    return blocks.stream()
        .map(b -> depth == Depth.HEADS ? head(b) + "\n" + indented(b) : comment(b) + whole(b))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void json(ObjectNode document) {
    var array = document.putArray("blocks");
    for (var block : blocks) {
      var node = array.addObject();
      node.put("name", block.name().text());
      node.put("head", head(block));
      node.put("documentation", block.documentation());
      if (depth == Depth.WHOLE) {
        node.put("text", whole(block));
      }
    }
  }

  /** The declaration up to its body, on one line. */
  private static String head(BlockDecl block) {
    var text = block.span().text();
    int word = text.indexOf("block ");
    return text.substring(word, text.indexOf('{', word))
        .replaceAll("\\s+", " ")
        .replace("( ", "(")
        .replace(" )", ")")
        .strip();
  }

  private static String whole(BlockDecl block) {
    var text = block.span().text();
    return text.substring(text.indexOf("block ")) + "\n";
  }

  private static String indented(BlockDecl block) {
    return block.documentation().lines().map(l -> "  " + l + "\n").collect(Collectors.joining());
  }

  private static String comment(BlockDecl block) {
    return block.documentation().lines().map(l -> "//! " + l + "\n").collect(Collectors.joining());
  }
}
