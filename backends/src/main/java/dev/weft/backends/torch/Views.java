package dev.weft.backends.torch;

import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Values of the step that are views and reductions of something that a variable holds. */
record Views(NodePrinter printer) {
  /**
   * A value in terms of its root.
   *
   * @param roots what variables hold, as they are written
   */
  Expression of(Value value, Map<Value, Expression> roots) {
    var root = roots.get(value);
    if (root != null) {
      return root;
    }
    var node = ((Result) value).node();
    var inner = node.operand(0);
    var operand = new Operand(of(inner, roots), inner.type(), OptionalDouble.empty());
    return printer.print(node, List.of(operand)).call();
  }
}
