package dev.weft.testsuite.property;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes from a model what its results do not depend on, inputs and weights included. */
final class Pruning {
  private Pruning() {}

  /** The model without what it does not use; one weight stays. */
  static Function prune(Function model) {
    var body = prune(model.body());
    var used = used(body);
    var params = new ArrayList<Param>();
    var ports = new ArrayList<Port>();
    boolean anyWeight =
        model.inputIndices(Port.Weight.class).stream()
            .anyMatch(i -> used.contains(body.params().get(i)));
    for (int i = 0; i < body.params().size(); i++) {
      boolean onlyWeight = !anyWeight && i == 0;
      if (used.contains(body.params().get(i)) || onlyWeight) {
        params.add(body.params().get(i));
        ports.add(model.inputs().get(i));
      }
    }
    var smaller = new Block(params, body.nodes(), body.yields());
    return new Function(model.name(), ports, smaller, model.outputs());
  }

  private static Set<Value> used(Block block) {
    var used = new HashSet<Value>(block.yields());
    block.nodes().forEach(n -> used.addAll(n.operands()));
    return used;
  }

  private static Block prune(Block block) {
    var live = new HashSet<Value>(block.yields());
    var kept = new ArrayDeque<Node>();
    for (var node : block.nodes().reversed()) {
      if (node.results().stream().anyMatch(live::contains)) {
        kept.addFirst(node);
        live.addAll(node.operands());
      }
    }
    var builder = new Builder();
    var map = new ValueMap();
    block.params().forEach(p -> map.put(p, p));
    kept.forEach(node -> copy(node, live, map, builder));
    var yields = map.get(block.yields());
    return new Block(block.params(), builder.build(List.of()).nodes(), yields);
  }

  private static void copy(Node node, Set<Value> live, ValueMap map, Builder builder) {
    if (node.op() instanceof Repeat repeat) {
      copyLoop(node, repeat, live, map, builder);
      return;
    }
    map.copy(node, builder);
  }

  /** A loop without the stacked results and the operands that nothing uses. */
  private static void copyLoop(
      Node node, Repeat repeat, Set<Value> live, ValueMap map, Builder builder) {
    var body = node.bodies().getFirst();
    var results = new ArrayList<Integer>();
    for (int r = 0; r < node.types().size(); r++) {
      if (r < repeat.carried() || live.contains(node.result(r))) {
        results.add(r);
      }
    }
    var yields = results.stream().map(body.yields()::get).toList();
    var inner = prune(new Block(body.params(), body.nodes(), yields));
    var used = used(inner);
    var params = new ArrayList<Param>();
    var operands = new ArrayList<Value>();
    int invariant = 0;
    for (int i = 0; i < body.params().size(); i++) {
      if (i < repeat.carried() || used.contains(body.params().get(i))) {
        params.add(body.params().get(i));
        operands.add(map.get(node.operand(i)));
        boolean whole = i >= repeat.carried() && i < repeat.carried() + repeat.invariant();
        invariant += whole ? 1 : 0;
      }
    }
    var op =
        new Repeat(repeat.label(), repeat.axis(), repeat.direction(), repeat.carried(), invariant);
    var block = new Block(params, inner.nodes(), inner.yields());
    var copy = builder.node(node.names().getFirst(), op, operands, List.of(block));
    for (int r = 0; r < results.size(); r++) {
      map.put(node.result(results.get(r)), copy.result(r));
    }
  }
}
