package dev.weft.passes.prefetch;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.ToDevice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The nodes of a repeat's body that bring something to the device and need nothing of the iteration
 * before: arrivals, and what they are made of.
 */
final class EarlyNodes {
  private final Repeat repeat;
  private final Block body;
  private final WeightValues weights;

  private EarlyNodes(Repeat repeat, Block body, WeightValues weights) {
    this.repeat = repeat;
    this.body = body;
    this.weights = weights;
  }

  /** In the order of the body; none where there is no iteration to run ahead of. */
  static List<Node> of(Repeat repeat, Block body, WeightValues weights) {
    return repeat.axis().size() > 1 ? new EarlyNodes(repeat, body, weights).find() : List.of();
  }

  private List<Node> find() {
    var needed = new HashSet<Value>();
    arrivals().forEach(node -> needed.addAll(node.results()));
    var early = new HashSet<Node>();
    for (var node : body.nodes().reversed()) {
      if (node.results().stream().anyMatch(needed::contains)) {
        early.add(node);
        needed.addAll(node.operands());
      }
    }
    return body.nodes().stream().filter(early::contains).toList();
  }

  /** Those made of slices, which differ between iterations, and of nothing that is carried. */
  private Set<Node> arrivals() {
    var params = body.params();
    var slices = new HashSet<Value>(params.subList(stacked(), params.size()));
    var shared = new HashSet<Value>(params.subList(repeat.carried(), params.size()));
    var arrivals = new HashSet<Node>();
    for (var node : body.nodes()) {
      if (node.bodies().isEmpty() && shared.containsAll(node.operands())) {
        shared.addAll(node.results());
        if (node.operands().stream().anyMatch(slices::contains)) {
          slices.addAll(node.results());
          if (isArrival(node)) {
            arrivals.add(node);
          }
        }
      }
    }
    return arrivals;
  }

  private int stacked() {
    return repeat.carried() + repeat.invariant();
  }

  private boolean isArrival(Node node) {
    return node.op() instanceof ToDevice
        || node.op() instanceof AllGather gather
            && gather.parts() > 1
            && weights.contains(node.operand(0));
  }
}
