package dev.weft.passes.workload;

import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The backward of a section in two parts (Qi et al. 2023, "Zero Bubble", section 2).
 *
 * @param first what earlier layers wait for
 * @param later the rest: the gradients of the weights
 */
record BackwardSplit(List<Node> first, List<Node> later) {
  /** Splits nodes by whether some results depend on them. */
  static BackwardSplit of(List<Node> nodes, List<Value> awaited) {
    var live = new HashSet<>(awaited);
    var first = new ArrayList<Node>();
    var later = new ArrayList<Node>();
    for (var node : nodes.reversed()) {
      if (node.results().stream().anyMatch(live::contains)) {
        live.addAll(node.operands());
        first.add(node);
      } else {
        later.add(node);
      }
    }
    return new BackwardSplit(List.copyOf(first.reversed()), List.copyOf(later.reversed()));
  }
}
