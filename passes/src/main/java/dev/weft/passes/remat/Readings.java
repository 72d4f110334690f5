package dev.weft.passes.remat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of the backward body are values of the forward body: parameters that are linked to
 * one, and what is computed from such values exactly as the forward computes it, such as a gathered
 * input of a product. The backward then need not tell them apart from what it computes again.
 *
 * @param images by value of the backward body, the value of the forward body
 * @param own the nodes that compute nothing of the forward, in order
 */
record Readings(Map<Value, Value> images, List<Node> own, Block backward) {
  private record Key(Op op, List<Value> operands) {}

  static Readings of(Block forward, Block backward, Map<Param, Value> links) {
    var known = new HashMap<Key, Node>();
    for (var node : forward.nodes()) {
      if (isShareable(node)) {
        known.putIfAbsent(new Key(node.op(), node.operands()), node);
      }
    }
    var images = new LinkedHashMap<Value, Value>(links);
    var own = new ArrayList<Node>();
    for (var node : backward.nodes()) {
      var operands = node.operands().stream().map(v -> images.getOrDefault(v, v)).toList();
      var twin = known.get(new Key(node.op(), operands));
      if (isShareable(node) && twin != null) {
        for (int i = 0; i < node.types().size(); i++) {
          images.put(node.result(i), twin.result(i));
        }
      } else {
        own.add(node);
      }
    }
    return new Readings(images, own, backward);
  }

  /** A constant is as cheap to make as to share. */
  private static boolean isShareable(Node node) {
    return node.bodies().isEmpty() && !node.operands().isEmpty();
  }

  /** The value of the forward body that a value of the backward body is. */
  Value image(Value value) {
    var image = images.get(value);
    if (image == null) {
      throw new IllegalStateException("not a value of the forward: " + value);
    }
    return image;
  }

  /** The values of the forward body that the backward's own nodes and yields read. */
  Set<Value> needed() {
    var needed = new LinkedHashSet<Value>();
    own.stream().flatMap(n -> n.operands().stream()).forEach(v -> add(v, needed));
    backward.yields().forEach(v -> add(v, needed));
    return needed;
  }

  private void add(Value value, Set<Value> needed) {
    var image = images.get(value);
    if (image != null) {
      needed.add(image);
    }
  }
}
