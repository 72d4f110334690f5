package dev.weft.passes.core;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes nodes that no yielded value depends on; of a repeat also the stacked results that nobody
 * reads and the operands that its body does not use.
 */
public final class DeadCode {
  private DeadCode() {}

  /** The block without what is dead. */
  public static Block remove(Block block) {
    var live = new HashSet<Value>(block.yields());
    var kept = new ArrayDeque<Kept>();
    for (var node : block.nodes().reversed()) {
      if (node.results().stream().anyMatch(live::contains)) {
        var entry = prune(node, live);
        kept.addFirst(entry);
        live.addAll(entry.operands());
      }
    }
    var builder = new Builder();
    var map = new ValueMap();
    block.params().forEach(p -> map.put(p, builder.param(p)));
    kept.forEach(entry -> entry.emit(builder, map));
    return builder.build(map.get(block.yields()));
  }

  private static Kept prune(Node node, Set<Value> live) {
    if (!(node.op() instanceof Repeat repeat)) {
      var all = node.results();
      return new Kept(node, node.op(), node.operands(), node.bodies(), all);
    }
    var body = node.bodies().getFirst();
    var results = new ArrayList<Value>();
    var yields = new ArrayList<Value>();
    for (int i = 0; i < node.types().size(); i++) {
      if (i < repeat.carried() || live.contains(node.result(i))) {
        results.add(node.result(i));
        yields.add(body.yields().get(i));
      }
    }
    var pruned = remove(new Block(body.params(), body.nodes(), yields));
    return withoutUnusedOperands(node, repeat, pruned, results);
  }

  private static Kept withoutUnusedOperands(
      Node node, Repeat repeat, Block body, List<Value> results) {
    var used = new HashSet<Value>(body.yields());
    body.nodes().forEach(n -> used.addAll(n.operands()));
    var params = new ArrayList<Param>();
    var operands = new ArrayList<Value>();
    int invariant = 0;
    for (int i = 0; i < body.params().size(); i++) {
      var param = body.params().get(i);
      if (i < repeat.carried() || used.contains(param)) {
        params.add(param);
        operands.add(node.operand(i));
        boolean isInvariant = i >= repeat.carried() && i < repeat.carried() + repeat.invariant();
        invariant += isInvariant ? 1 : 0;
      }
    }
    var op =
        new Repeat(repeat.label(), repeat.axis(), repeat.direction(), repeat.carried(), invariant);
    var smaller = new Block(params, body.nodes(), body.yields());
    return new Kept(node, op, operands, List.of(smaller), results);
  }

  /** A node that stays, with what is left of it. */
  private record Kept(
      Node node, Op op, List<Value> operands, List<Block> bodies, List<Value> results) {
    void emit(Builder builder, ValueMap map) {
      var indices = results.stream().map(r -> ((Result) r).index()).toList();
      var names = indices.stream().map(node.names()::get).toList();
      var shardings = indices.stream().map(node.shardings()::get).toList();
      var copy = builder.at(node.span()).node(names, op, map.get(operands), bodies, shardings);
      map.putAll(results, copy.results());
    }
  }
}
