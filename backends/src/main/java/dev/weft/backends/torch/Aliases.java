package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.Rename;

/** Values that are the same tensor in Python, which knows no axis names. */
final class Aliases {
  private Aliases() {}

  /** Whether the node's result is its operand. */
  static boolean isAlias(Node node) {
    return switch (node.op()) {
      case Rename ignored -> true;
      case Convert convert ->
          convert.dtype().isFloat() == node.operand(0).type().dtype().isFloat()
              && convert.dtype().bytes() >= node.operand(0).type().dtype().bytes();
      default -> false;
    };
  }

  /** The value that stands for all its aliases. */
  static Value canonical(Value value) {
    var found = value;
    while (found instanceof Result(var node, var index) && isAlias(node)) {
      found = node.operand(0);
    }
    return found;
  }
}
