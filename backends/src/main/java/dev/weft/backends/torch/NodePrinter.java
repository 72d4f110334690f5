package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import java.util.List;

/** Writes one node as Python. */
interface NodePrinter {
  Printed print(Node node, List<Operand> operands);
}
