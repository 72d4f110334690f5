package dev.weft.passes.core;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the values of a program went in the program that a pass is writing. */
public final class ValueMap {
  private final Map<Value, Value> images = new HashMap<>();

  public void put(Value old, Value image) {
    images.put(old, image);
  }

  public void putAll(List<? extends Value> old, List<? extends Value> image) {
    for (int i = 0; i < old.size(); i++) {
      put(old.get(i), image.get(i));
    }
  }

  public boolean contains(Value old) {
    return images.containsKey(old);
  }

  public Value get(Value old) {
    var image = images.get(old);
    if (image == null) {
      throw new IllegalStateException("no image of " + old);
    }
    return image;
  }

  public List<Value> get(List<? extends Value> old) {
    return old.stream().map(this::get).toList();
  }

  /** Copies a node, bodies as they are; the results' images are the copy's. */
  public Node copy(Node node, Builder to) {
    return copy(node, node.bodies(), to);
  }

  /**
   * Copies a node with other bodies that yield as many values. What ran ahead in a repeat does not
   * in the copy: the other body may begin with other nodes.
   */
  public Node copy(Node node, List<Block> bodies, Builder to) {
    boolean isChanged = !bodies.equals(node.bodies());
    var op = isChanged && node.op() instanceof Repeat repeat ? repeat.withAhead(0) : node.op();
    var copy =
        to.at(node.span()).node(node.names(), op, get(node.operands()), bodies, node.shardings());
    putAll(node.results(), copy.results());
    return copy;
  }
}
