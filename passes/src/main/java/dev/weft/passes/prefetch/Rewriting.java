package dev.weft.passes.prefetch;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a block anew: some of its nodes first, each of its repeats with what runs ahead in it. */
final class Rewriting {
  private final Block block;
  private final WeightValues weights;
  private final Builder builder = new Builder();
  private final ValueMap map = new ValueMap();

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
   * @param first the nodes that come first
   */
  Block write(List<Node> first) {
    first.forEach(node -> map.copy(node, builder));
    var written = new HashSet<>(first);
    for (var node : block.nodes()) {
      if (written.contains(node)) {
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
    var op = repeat.withAhead(early.size());
    var operands = map.get(node.operands());
    var copy = builder.at(node.span()).node(node.names(), op, operands, bodies, node.shardings());
    map.putAll(node.results(), copy.results());
  }
}
