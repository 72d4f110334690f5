package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import java.util.List;

/** Writes one node as Python. */
interface NodePrinter {
  Printed print(Node node, List<Operand> operands);

  /** A node that is only begun: what it yields is still to be waited for. */
  default Printed begin(Node node, List<Operand> operands) {
    throw new IllegalStateException("not to be waited for: " + node);
  }
}
