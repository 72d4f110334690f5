package dev.weft.passes.remat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a pair of loops another set of values that the backward takes from the forward.
 *
 * <pre>{@code
 * %y, %saved_h = repeat %x;; %w (%c, %v) { %h = f %c, %v … yield %z, %h }
 * %d = repeat %d_y;; %w, %saved_h (%d_z, %v, %h) { … g %d_z, %h … }        // reverse
 * ---
 * %y, %saved_c = repeat %x;; %w (%c, %v) { %h = f %c, %v … yield %z, %c }
 * %d = repeat %d_y;; %w, %saved_c (%d_z, %v, %c) { %re_h = f %c, %v … g %d_z, %re_h … }
 * }</pre>
 *
 * The forward loop still yields what nobody reads any more: removing it is left to the caller.
 */
final class LoopRewrite {
  private final LoopPair pair;
  private final Set<Value> kept;

  /** The stacked results that hold the kept values of the forward body. */
  private final Map<Value, Value> stacks = new HashMap<>();

  /**
   * @param kept values of the forward body that the backward takes
   */
  LoopRewrite(LoopPair pair, Set<Value> kept) {
    this.pair = pair;
    this.kept = kept;
  }

  /** Emits the forward loop, which yields all that it did, and the kept values besides. */
  void emitForward(Builder to, ValueMap outer) {
    var old = pair.forward();
    var block = pair.forwardBody();
    int carried = pair.repeat().carried();
    var names = new ArrayList<>(old.names());
    var shardings = new ArrayList<>(old.shardings());
    var yields = new ArrayList<>(block.yields());
    for (var value : kept) {
      if (!pair.isOperand(value) && !yields.subList(carried, yields.size()).contains(value)) {
        yields.add(value);
        names.add("saved_" + value.name());
        shardings.add(value.sharding().map(LoopPair::stacked));
      }
    }
    var bigger = new Block(block.params(), block.nodes(), yields);
    var operands = outer.get(old.operands());
    var copy = to.at(old.span()).node(names, old.op(), operands, List.of(bigger), shardings);
    outer.putAll(old.results(), copy.results().subList(0, old.types().size()));
    for (int i = carried; i < yields.size(); i++) {
      if (kept.contains(yields.get(i))) {
        stacks.putIfAbsent(yields.get(i), copy.result(i));
      }
    }
  }

  /** Emits the backward loop, which computes again what is not kept. */
  void emitBackward(Builder to, ValueMap outer) {
    var old = pair.backward();
    var inputs = new BackwardInputs(outer);
    var body = inputs.body;
    var again = inputs.again;
    var own = inputs.own;
    var readings = pair.readings();
    for (var node : readings.own()) {
      node.operands().forEach(v -> find(v, readings, own, again));
      own.copy(node, body);
    }
    pair.backwardBody().yields().forEach(v -> find(v, readings, own, again));
    var block = body.build(own.get(pair.backwardBody().yields()));
    var repeat = (Repeat) old.op();
    var op =
        new Repeat(
            repeat.label(), repeat.axis(), repeat.direction(), repeat.carried(), inputs.invariant);
    var copy =
        to.at(old.span()).node(old.names(), op, inputs.operands, List.of(block), old.shardings());
    outer.putAll(old.results(), copy.results());
  }

  /** Makes sure that a value of the backward body has an image. */
  private static void find(Value value, Readings readings, ValueMap own, Recomputation again) {
    if (!own.contains(value)) {
      own.put(value, again.get(readings.image(value)));
    }
  }

  /** The operands and parameters of the new backward loop. */
  private final class BackwardInputs {
    final Builder body = new Builder();
    final Recomputation again = new Recomputation(body);
    final ValueMap own = new ValueMap();
    final List<Value> operands = new ArrayList<>();
    int invariant;

    BackwardInputs(ValueMap outer) {
      int carried = ((Repeat) pair.backward().op()).carried();
      int last = carried + ((Repeat) pair.backward().op()).invariant();
      for (int i = 0; i < carried; i++) {
        old(i, outer);
      }
      for (int i = carried; i < last; i++) {
        old(i, outer);
      }
      add(pair.invariants(), outer);
      invariant = operands.size() - carried;
      for (int i = last; i < pair.backward().operands().size(); i++) {
        old(i, outer);
      }
      add(pair.slices(), outer);
      for (var value : kept) {
        if (stacks.containsKey(value) && !again.isThere(value)) {
          declare(value, stacks.get(value));
        }
      }
    }

    /** Takes an operand over, unless it is a saved one that is no longer kept. */
    private void old(int index, ValueMap outer) {
      var param = pair.backwardBody().params().get(index);
      var operand = pair.backward().operand(index);
      var link = pair.links().get(param);
      if (link == null) {
        operands.add(outer.get(operand));
        own.put(param, body.param(param));
      } else if (pair.isOperand(link) || kept.contains(link)) {
        operands.add(outer.get(operand));
        again.kept(link, body.param(param));
      }
    }

    /** Adds those of the forward loop's operands that the backward newly reads. */
    private void add(Map<Param, Value> forward, ValueMap outer) {
      forward.forEach(
          (param, operand) -> {
            if (kept.contains(param) && !again.isThere(param)) {
              declare(param, outer.get(operand));
            }
          });
    }

    private void declare(Value value, Value operand) {
      operands.add(operand);
      again.kept(value, body.param(new Param(value.name(), value.type(), value.sharding())));
    }
  }
}
