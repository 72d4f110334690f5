package dev.weft.ir.verify;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Blocks are closed, values are defined before their uses, and nothing stands in two places. */
final class Definitions {
  private final Findings findings;
  private final Set<Param> params = new HashSet<>();
  private final Set<Node> nodes = new HashSet<>();

  private Definitions(Findings findings) {
    this.findings = findings;
  }

  static void check(Function function, Findings findings) {
    new Definitions(findings).block(function.body(), "the function's results");
  }

  private void block(Block block, String yields) {
    var defined = new HashSet<Value>();
    for (var param : block.params()) {
      if (!params.add(param)) {
        findings.report(
            VerifyCode.REPEATED_DEFINITION, "%" + param.name() + " is a parameter twice");
      }
      defined.add(param);
    }
    for (var node : block.nodes()) {
      if (!nodes.add(node)) {
        findings.report(VerifyCode.REPEATED_DEFINITION, node, "the node stands in two places");
      }
      requireDefined(defined, node);
      node.bodies().forEach(body -> block(body, "the results of a body of " + node.op().name()));
      defined.addAll(node.results());
    }
    for (var value : undefined(defined, block.yields())) {
      findings.report(
          VerifyCode.UNDEFINED_VALUE,
          yields + " include %" + value.name() + ", which this block does not define");
    }
  }

  private void requireDefined(Set<Value> defined, Node node) {
    for (var value : undefined(defined, node.operands())) {
      findings.report(
          VerifyCode.UNDEFINED_VALUE,
          node,
          "the operand %" + value.name() + " is not defined before it in its block");
    }
  }

  private static List<Value> undefined(Set<Value> defined, List<Value> used) {
    return used.stream().filter(value -> !defined.contains(value)).toList();
  }
}
