package dev.weft.testsuite.property;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceFunction;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.ShardSlice;
import dev.weft.passes.core.ValueMap;
import java.util.List;
import java.util.Optional;

/** Bugs that lowering might have, for a test of the property test. */
enum Sabotage {
  DROP_ALL_REDUCE(op -> op instanceof AllReduce ? Optional.of(Affine.scale(1)) : Optional.empty()),
  SUM_A_MAXIMUM(
      op ->
          op instanceof AllReduce(var combine, var over, var parts) && combine == Combine.MAX
              ? Optional.of(new AllReduce(Combine.SUM, over, parts))
              : Optional.empty()),
  FORGET_THE_SUM_OF_A_REDUCE_SCATTER(
      op ->
          op instanceof ReduceScatter(var axis, _, var over, var parts)
              ? Optional.of(new ShardSlice(axis, over, parts))
              : Optional.empty()),
  GATHER_IN_THE_WRONG_ORDER(
      op ->
          op instanceof AllGather(var axis, var over, var parts) && over.size() > 1
              ? Optional.of(new AllGather(axis, over.reversed(), parts))
              : Optional.empty()),
  SLICE_IN_THE_WRONG_ORDER(
      op ->
          op instanceof ShardSlice(var axis, var over, var parts) && over.size() > 1
              ? Optional.of(new ShardSlice(axis, over.reversed(), parts))
              : Optional.empty()),
  FORGET_THE_OFFSET_OF_A_TABLE(
      op ->
          op instanceof Lookup(var offset) && !offset.isEmpty()
              ? Optional.of(Lookup.WHOLE)
              : Optional.empty()),
  FORGET_THE_OFFSET_OF_A_CHOICE(
      op ->
          op instanceof Pick(var axis, var offset) && !offset.isEmpty()
              ? Optional.of(new Pick(axis, List.of()))
              : Optional.empty()),
  FORGET_THE_OFFSET_OF_A_CLASS(
      op ->
          op instanceof OneHot(var axis, var offset, var dtype) && !offset.isEmpty()
              ? Optional.of(new OneHot(axis, List.of(), dtype))
              : Optional.empty()),
  FORGET_THE_OFFSET_OF_POSITIONS(
      op ->
          op instanceof Iota(var axis, var offset) && !offset.isEmpty()
              ? Optional.of(new Iota(axis, List.of()))
              : Optional.empty()),
  DIVIDE_A_MEAN_TWICE(
      op ->
          op instanceof Reduce(var function, var axes, var count) && function == ReduceFunction.MEAN
              ? Optional.of(new Reduce(function, axes, 2 * count))
              : Optional.empty());

  private final java.util.function.Function<Op, Optional<Op>> bug;

  Sabotage(java.util.function.Function<Op, Optional<Op>> bug) {
    this.bug = bug;
  }

  /** What the bug makes of an op; empty where it has no effect. */
  private Optional<Op> spoil(Op op) {
    return bug.apply(op);
  }

  /** The module with the bug in every place. */
  Module apply(Module module) {
    var function = module.only();
    var body = rebuilt(function.body());
    return module.withOnly(
        new Function(function.name(), function.inputs(), body, function.outputs()));
  }

  /** Whether the bug has an effect on a module. */
  boolean touches(Module module) {
    return module.only().body().allNodes().anyMatch(n -> spoil(n.op()).isPresent());
  }

  private Block rebuilt(Block block) {
    var builder = new Builder();
    var map = new ValueMap();
    block.params().forEach(p -> map.put(p, p));
    block.nodes().forEach(node -> copy(node, map, builder));
    var yields = map.get(block.yields());
    return new Block(block.params(), builder.build(List.of()).nodes(), yields);
  }

  private void copy(Node node, ValueMap map, Builder builder) {
    var operands = map.get(node.operands());
    var bodies = node.bodies().stream().map(this::rebuilt).toList();
    var op = spoil(node.op()).orElse(node.op());
    var copy = builder.node(node.names(), op, operands, bodies, node.shardings());
    map.putAll(node.results(), copy.results());
  }
}
