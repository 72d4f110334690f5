package dev.weft.passes.simplify;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.type.TensorType;
import dev.weft.passes.core.ValueMap;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Rebuilds a block: applies the rules to each node as it is emitted, and shares equal nodes. */
final class Folding {
  private final List<Rule> rules;

  Folding(List<Rule> rules) {
    this.rules = rules;
  }

  Block fold(Block block) {
    var builder = new Builder();
    var map = new ValueMap();
    var known = new HashMap<Key, Node>();
    block.params().forEach(p -> map.put(p, builder.param(p)));
    for (var node : block.nodes()) {
      builder.at(node.span());
      var operands = map.get(node.operands());
      var key = new Key(node.op(), operands, node.types());
      var same = known.get(key);
      if (same != null) {
        map.putAll(node.results(), same.results());
        continue;
      }
      var simpler = rewrite(node, operands, builder);
      if (simpler.isPresent()) {
        map.put(node.result(), simpler.get());
      } else {
        var copy = map.copy(node, node.bodies().stream().map(this::fold).toList(), builder);
        if (node.bodies().isEmpty() && !isGatheredParameter(node)) {
          known.put(key, copy);
        }
      }
    }
    return builder.build(map.get(block.yields()));
  }

  /**
   * A weight in shares that is gathered twice is so on purpose: once for the forward and once for
   * the backward, rather than kept between them.
   */
  private static boolean isGatheredParameter(Node node) {
    return node.op() instanceof AllGather && node.operand(0) instanceof Param;
  }

  /** Applies rules until none applies to the value that stands for the node. */
  private Optional<Value> rewrite(Node node, List<Value> operands, Builder builder) {
    if (node.types().size() != 1) {
      return Optional.empty();
    }
    var simpler = step(node.op(), operands, node.types().getFirst(), builder);
    while (simpler.isPresent() && simpler.get() instanceof Result(var made, var index)) {
      var next = step(made.op(), made.operands(), made.types().get(index), builder);
      if (next.isEmpty() || made.types().size() != 1) {
        break;
      }
      simpler = next;
    }
    return simpler;
  }

  private Optional<Value> step(Op op, List<Value> operands, TensorType type, Builder builder) {
    return rules.stream()
        .map(rule -> rule.rewrite(op, operands, type, builder))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private record Key(Op op, List<Value> operands, List<TensorType> types) {}
}
