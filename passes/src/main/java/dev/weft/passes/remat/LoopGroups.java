package dev.weft.passes.remat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Split;
import dev.weft.ir.type.Dim;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a pair of loops a pair of loops over groups of iterations, of which each is a loop.
 *
 * <pre>{@code
 * %y, %saved = repeat %x;; %w (…)                         // 12 iterations
 * ---
 * %v = split %w {axis=layers, dims=[layers_group=4, layers=3]}
 * %y, %saved = repeat %x;; %v ( %c, %u ) {                // 4 groups
 *   repeat %c;; %u (…)                                    // of 3 iterations
 * }
 * }</pre>
 *
 * What the loops compute, and in which order, is as before; splitting and merging move nothing.
 */
final class LoopGroups {
  private final Function function;
  private final LoopPair pair;
  private final Dim groups;
  private final Dim within;
  private final Builder builder = new Builder();
  private final ValueMap images = new ValueMap();

  /** By stacked value of the function, the same value with an axis of groups. */
  private final Map<Value, Value> grouped = new HashMap<>();

  private LoopGroups(Function function, LoopPair pair, long size) {
    var axis = pair.repeat().axis();
    this.function = function;
    this.pair = pair;
    this.groups = new Dim(axis.axis() + "_group", axis.size() / size);
    this.within = axis.resized(size);
  }

  /**
   * The function with one of its pairs grouped.
   *
   * @param size iterations of a group; divides those of the loop
   */
  static Function group(Function function, LoopPair pair, long size) {
    return new LoopGroups(function, pair, size).rewrite();
  }

  private Function rewrite() {
    function.body().params().forEach(p -> images.put(p, builder.param(p)));
    for (var node : function.body().nodes()) {
      if (node.equals(pair.forward()) || node.equals(pair.backward())) {
        nest(node, (Repeat) node.op());
      } else {
        images.copy(node, builder);
      }
    }
    var yields = images.get(function.body().yields());
    return new Function(
        function.name(), function.inputs(), builder.build(yields), function.outputs());
  }

  private void nest(Node node, Repeat repeat) {
    builder.at(node.span());
    int whole = repeat.carried() + repeat.invariant();
    var operands = new ArrayList<Value>();
    for (int i = 0; i < node.operands().size(); i++) {
      var operand = node.operand(i);
      operands.add(i < whole ? images.get(operand) : split(operand));
    }
    var outer = over(repeat, groups);
    var body = List.of(group(node, repeat, operands));
    var shardings = new ArrayList<>(node.shardings());
    for (int i = repeat.carried(); i < shardings.size(); i++) {
      shardings.set(i, shardings.get(i).map(LoopPair::stacked));
    }
    var loop = builder.node(node.names(), outer, operands, body, shardings);
    for (int i = 0; i < node.types().size(); i++) {
      images.put(node.result(i), i < repeat.carried() ? loop.result(i) : merge(node, i, loop));
    }
  }

  /** The iterations of one group. */
  private Block group(Node node, Repeat repeat, List<Value> operands) {
    var body = new Builder().at(node.span());
    int whole = repeat.carried() + repeat.invariant();
    var params = new ArrayList<Value>();
    for (int i = 0; i < operands.size(); i++) {
      var inner = node.bodies().getFirst().params().get(i);
      var type = i < whole ? inner.type() : over(repeat, within).stacked(inner.type());
      var sharding = i < whole ? inner.sharding() : inner.sharding().map(LoopPair::stacked);
      params.add(body.param(new Param(inner.name(), type, sharding)));
    }
    var loop =
        body.node(node.names(), over(repeat, within), params, node.bodies(), node.shardings());
    return body.build(loop.results());
  }

  private static Repeat over(Repeat repeat, Dim axis) {
    return new Repeat(
        repeat.label(), axis, repeat.direction(), repeat.carried(), repeat.invariant());
  }

  private Value split(Value stacked) {
    return grouped.computeIfAbsent(stacked, this::emitSplit);
  }

  private Value emitSplit(Value stacked) {
    var op = new Split(within.axis(), List.of(groups, within));
    var sharding = stacked.sharding().map(LoopPair::stacked);
    return one(stacked.name(), op, images.get(stacked), sharding);
  }

  private Value merge(Node node, int index, Node loop) {
    grouped.put(node.result(index), loop.result(index));
    var op = new Merge(List.of(groups.axis(), within.axis()), within.axis());
    return one(node.names().get(index), op, loop.result(index), node.shardings().get(index));
  }

  private Value one(String name, Op op, Value operand, Optional<Sharding> lies) {
    return builder.node(List.of(name), op, List.of(operand), List.of(), List.of(lies)).result();
  }
}
