package dev.weft.runtime.oracle;

import dev.weft.ir.graph.Node;

/** An op that the oracle cannot run: a bug in the program's maker, or in the oracle. */
public final class OracleFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  OracleFailure(Node node, RuntimeException cause) {
    super("oracle: " + node + " at " + node.span().place() + ": " + cause.getMessage(), cause);
  }
}
