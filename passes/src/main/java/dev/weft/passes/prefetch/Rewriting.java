package dev.weft.passes.prefetch;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a block anew: some of its nodes first, each of its repeats with what runs ahead in it. */
final class Rewriting {
  private final Block block;
  private final WeightValues weights;
  private final Builder builder = new Builder();
  private final ValueMap map = new ValueMap();
  private final Map<Application, Node> known = new HashMap<>();

  /** An op and what it is applied to: twice the same gives twice the same. */
  private record Application(Op op, List<Value> operands) {}

  /**
   * The rewriting of a block.
   *
   * @param weights the parameters that are weights
   */
  Rewriting(Block block, Set<? extends Value> weights) {
    this.block = block;
    this.weights = new WeightValues(block, weights);
    block.params().forEach(p -> map.put(p, builder.param(p)));
  }

  /**
   * The block.
   *
   * @param first the nodes that come first; of equal ones one is left
   */
  Block write(List<Node> first) {
    first.forEach(this::share);
    var later = new HashSet<>(first);
    for (var node : block.nodes()) {
      if (later.contains(node)) {
        continue;
      }
      if (node.op() instanceof Repeat repeat) {
        rewrite(node, repeat);
      } else {
        map.copy(node, builder);
      }
    }
    return builder.build(map.get(block.yields()));
  }

  private void rewrite(Node node, Repeat repeat) {
    var body = node.bodies().getFirst();
    var inside = weights.inBody(node, repeat);
    var inner = new Rewriting(body, inside);
    var early = EarlyNodes.of(repeat, body, inner.weights);
    var bodies = List.of(inner.write(early));
    var op = repeat.withAhead(inner.known.size());
    var operands = map.get(node.operands());
    var copy = builder.at(node.span()).node(node.names(), op, operands, bodies, node.shardings());
    map.putAll(node.results(), copy.results());
  }

  private void share(Node node) {
    var key = new Application(node.op(), map.get(node.operands()));
    var copy = known.get(key);
    if (copy == null) {
      known.put(key, map.copy(node, builder));
    } else {
      map.putAll(node.results(), copy.results());
    }
  }
}
