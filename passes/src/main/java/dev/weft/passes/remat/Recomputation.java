package dev.weft.passes.remat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.passes.core.Copies;
import dev.weft.passes.core.ValueMap;
import java.util.List;

/**
 * Writes forward nodes a second time, where the backward first needs their results. A copy's name
 * begins with {@code re_}.
 */
final class Recomputation {
  static final String PREFIX = "re_";

  private final Builder to;
  private final ValueMap map = new ValueMap();

  Recomputation(Builder to) {
    this.to = to;
  }

  /** Declares where a forward value is found without computing it. */
  void kept(Value value, Value image) {
    map.put(value, image);
  }

  boolean isThere(Value value) {
    return map.contains(value);
  }

  /** The value's image in the backward, computed now if it is not there. */
  Value get(Value value) {
    if (!map.contains(value)) {
      if (!(value instanceof Result(var node, _))) {
        throw new IllegalStateException("an input that is not kept: " + value);
      }
      again(node);
    }
    return map.get(value);
  }

  private void again(Node node) {
    var operands = node.operands().stream().map(this::get).toList();
    var names = node.names().stream().map(n -> prefixed(PREFIX, n)).toList();
    var bodies = node.bodies().stream().map(Copies::of).toList();
    var copy = to.at(node.span()).node(names, node.op(), operands, bodies, node.shardings());
    for (int i = 0; i < names.size(); i++) {
      if (!map.contains(node.result(i))) {
        map.put(node.result(i), copy.result(i));
      }
    }
  }

  /** A name with a prefix, once. */
  static String prefixed(String prefix, String name) {
    return name.startsWith(prefix) ? name : prefix + name;
  }

  List<Value> get(List<Value> values) {
    return values.stream().map(this::get).toList();
  }
}
