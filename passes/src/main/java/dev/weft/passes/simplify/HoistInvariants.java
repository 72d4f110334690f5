package dev.weft.passes.simplify;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves nodes that use nothing but invariants out of a repeat, so that they run once and are not
 * saved for the backward. Constants stay: they cost nothing where they are used.
 */
final class HoistInvariants {
  private HoistInvariants() {}

  static Block hoist(Block block) {
    var builder = new Builder();
    var map = new ValueMap();
    block.params().forEach(p -> map.put(p, builder.param(p)));
    for (var node : block.nodes()) {
      if (node.op() instanceof Repeat repeat) {
        hoistFrom(node, repeat, builder, map);
      } else {
        map.copy(node, builder);
      }
    }
    return builder.build(map.get(block.yields()));
  }

  private static void hoistFrom(Node node, Repeat repeat, Builder builder, ValueMap map) {
    var body = hoist(node.bodies().getFirst());
    int first = repeat.carried();
    int last = first + repeat.invariant();
    var outside = new ValueMap();
    for (int i = first; i < last; i++) {
      outside.put(body.params().get(i), map.get(node.operand(i)));
    }
    var moved = new ArrayList<Node>();
    for (var inner : body.nodes()) {
      boolean movable = !(inner.op() instanceof Fill) && inner.bodies().isEmpty();
      if (movable && inner.operands().stream().allMatch(outside::contains)) {
        outside.copy(inner, builder);
        moved.add(inner);
      }
    }
    var operands = new ArrayList<>(map.get(node.operands()));
    var added = new ArrayList<Value>();
    var used = usedOutside(body, new HashSet<>(moved));
    moved.stream().flatMap(n -> n.results().stream()).filter(used::contains).forEach(added::add);
    operands.addAll(last, outside.get(added));
    var op =
        new Repeat(
            repeat.label(),
            repeat.axis(),
            repeat.direction(),
            repeat.carried(),
            repeat.invariant() + added.size());
    var smaller = withParams(body, moved, added, last);
    var copy =
        builder
            .at(node.span())
            .node(node.names(), op, operands, List.of(smaller), node.shardings());
    map.putAll(node.results(), copy.results());
  }

  private static Set<Value> usedOutside(Block body, Set<Node> moved) {
    var used = new HashSet<Value>(body.yields());
    body.nodes().stream().filter(n -> !moved.contains(n)).forEach(n -> used.addAll(n.operands()));
    return used;
  }

  private static Block withParams(Block body, List<Node> moved, List<Value> added, int at) {
    var builder = new Builder();
    var map = new ValueMap();
    for (int i = 0; i <= body.params().size(); i++) {
      if (i == at) {
        added.forEach(v -> map.put(v, builder.param(v.name(), v.type())));
      }
      if (i < body.params().size()) {
        map.put(body.params().get(i), builder.param(body.params().get(i)));
      }
    }
    var gone = new HashSet<>(moved);
    body.nodes().stream().filter(n -> !gone.contains(n)).forEach(n -> map.copy(n, builder));
    return builder.build(map.get(body.yields()));
  }
}
