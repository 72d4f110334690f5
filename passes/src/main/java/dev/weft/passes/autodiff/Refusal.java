package dev.weft.passes.autodiff;

import dev.weft.ir.graph.Node;

/** Unwinds to the pass, which reports the node's place. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Node node;

  private final String reason;

  Refusal(Node node, String reason) {
    super(reason);
    this.node = node;
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  Node node() {
    return node;
  }
}
