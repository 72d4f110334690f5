package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A node as Python.
 *
 * @param call what computes the results; a tuple where there are several
 * @param views for each result, what makes its value of the element of the call's tuple: a view
 *     where the function called has a layout of its own, else the identity; fewer than the node's
 *     results where the call yields the first ones only
 */
record Printed(Expression call, List<UnaryOperator<Expression>> views) {
  /** A node whose results are what the call yields. */
  static Printed of(Node node, Expression call) {
    return new Printed(call, Collections.nCopies(node.types().size(), UnaryOperator.identity()));
  }
}
