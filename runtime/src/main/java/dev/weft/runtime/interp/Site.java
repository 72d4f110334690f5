package dev.weft.runtime.interp;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.source.Span;

/**
 * A place in the program, for messages.
 *
 * @param value the name of the first result
 */
public record Site(String value, Primitive op, Span span) {
  static Site of(Node node, Primitive op) {
    return new Site(node.names().isEmpty() ? "nothing" : node.names().getFirst(), op, node.span());
  }

  /** {@code %y = all_reduce (model.weft:3:5)}. */
  @Override
  public String toString() {
    return "%" + value + " = " + op.name() + " (" + span.place() + ")";
  }
}
