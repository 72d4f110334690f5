package dev.weft.cli.training;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.graph.Work;
import dev.weft.ir.op.Repeat;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a number is rounded on its way through a program: each op computes in more digits than
 * it stores, and rounds once what it stores.
 */
final class RoundingDepth {
  private RoundingDepth() {}

  /** Roundings on the longest way from a parameter of a program to one of its results. */
  static long of(Function function) {
    return of(function.body());
  }

  private static long of(Block block) {
    var depths = new HashMap<Value, Long>();
    for (var node : block.nodes()) {
      long depth = longest(node.operands(), depths) + roundings(node);
      node.results().forEach(result -> depths.put(result, depth));
    }
    return longest(block.yields(), depths);
  }

  private static long longest(Collection<? extends Value> values, Map<Value, Long> depths) {
    return values.stream().mapToLong(v -> depths.getOrDefault(v, 0L)).max().orElse(0);
  }

  private static long roundings(Node node) {
    if (node.op() instanceof Repeat repeat) {
      return repeat.axis().size() * of(node.bodies().getFirst());
    }
    boolean moves = node.op().work(node.operandTypes(), node.types()).equals(Work.NONE);
    boolean stores = node.types().stream().anyMatch(type -> type.dtype().isFloat());
    return stores && !moves ? 1 : 0;
  }
}
