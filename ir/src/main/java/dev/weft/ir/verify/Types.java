package dev.weft.ir.verify;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.TypeMismatch;

/** Every node has the types that its op makes of its operands. */
final class Types {
  private Types() {}

  static void check(Function function, Findings findings) {
    function.body().allNodes().forEach(node -> node(node, findings));
  }

  private static void node(Node node, Findings findings) {
    try {
      var made = node.typing().results();
      if (!made.equals(node.types())) {
        findings.report(
            VerifyCode.WRONG_TYPE,
            node,
            "the op makes " + made + ", the node says " + node.types());
      }
    } catch (TypeMismatch | IllegalArgumentException | ArithmeticException e) {
      findings.report(VerifyCode.REFUSED_OPERANDS, node, String.valueOf(e.getMessage()));
    }
  }
}
