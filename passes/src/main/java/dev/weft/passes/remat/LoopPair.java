package dev.weft.passes.remat;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code repeat} and the one in the other direction that is its backward.
 *
 * @param links which value of the forward body each parameter of the backward body is: a saved
 *     slice, a slice of the same stacked operand, or the same invariant
 */
record LoopPair(Node forward, Node backward, Map<Param, Value> links) {
  /** The pairs among the nodes of a function, each forward loop in at most one. */
  static List<LoopPair> in(ForwardPart part) {
    var pairs = new LinkedHashMap<Node, List<LoopPair>>();
    for (var node : part.function().body().nodes()) {
      if (node.op() instanceof Repeat && !part.contains(node)) {
        partner(node, part)
            .ifPresent(
                f ->
                    pairs
                        .computeIfAbsent(f, _ -> new ArrayList<>())
                        .add(new LoopPair(f, node, links(f, node))));
      }
    }
    return pairs.values().stream().filter(p -> p.size() == 1).map(List::getFirst).toList();
  }

  /** The forward loop whose slices a backward loop takes. */
  private static Optional<Node> partner(Node backward, ForwardPart part) {
    var repeat = (Repeat) backward.op();
    return backward.operands().stream()
        .skip(repeat.carried() + repeat.invariant())
        .filter(
            v -> v instanceof Result(var node, var index) && isPartner(node, index, repeat, part))
        .map(v -> ((Result) v).node())
        .findFirst();
  }

  private static boolean isPartner(Node node, int index, Repeat backward, ForwardPart part) {
    return part.contains(node)
        && node.op() instanceof Repeat forward
        && index >= forward.carried()
        && forward.axis().equals(backward.axis())
        && forward.direction() == backward.direction().reversed();
  }

  private static Map<Param, Value> links(Node forward, Node backward) {
    var f = (Repeat) forward.op();
    var b = (Repeat) backward.op();
    var links = new HashMap<Param, Value>();
    for (int i = b.carried(); i < backward.operands().size(); i++) {
      boolean isInvariant = i < b.carried() + b.invariant();
      var param = backward.bodies().getFirst().params().get(i);
      linked(forward, f, backward.operand(i), isInvariant).ifPresent(v -> links.put(param, v));
    }
    return links;
  }

  private static Optional<Value> linked(Node forward, Repeat f, Value operand, boolean invariant) {
    var body = forward.bodies().getFirst();
    if (operand instanceof Result(var node, var index) && node.equals(forward)) {
      return invariant || index < f.carried()
          ? Optional.empty()
          : Optional.of(body.yields().get(index));
    }
    int from = invariant ? f.carried() : f.carried() + f.invariant();
    int to = invariant ? f.carried() + f.invariant() : forward.operands().size();
    for (int i = from; i < to; i++) {
      if (forward.operand(i).equals(operand)) {
        return Optional.of(body.params().get(i));
      }
    }
    return Optional.empty();
  }

  /** How a stack of slices lies: its own axis is whole. */
  static Sharding stacked(Sharding slice) {
    var dims = new ArrayList<List<String>>();
    dims.add(List.of());
    dims.addAll(slice.dims());
    return new Sharding(dims, slice.partial(), slice.combine());
  }

  Repeat repeat() {
    return (Repeat) forward.op();
  }

  /** The cost of running all iterations forward once more. */
  double forwardFlops() {
    return RecomputeCost.flops(forward);
  }

  /** Bytes of what one iteration hands to the next. */
  long carriedBytes() {
    return forwardBody().params().stream()
        .limit(repeat().carried())
        .mapToLong(p -> p.type().bytes())
        .sum();
  }

  Block forwardBody() {
    return forward.bodies().getFirst();
  }

  Block backwardBody() {
    return backward.bodies().getFirst();
  }

  /** The backward body, seen as code that reads the forward body. */
  Readings readings() {
    return Readings.of(forwardBody(), backwardBody(), links);
  }

  /**
   * What an iteration of the forward offers, and what the backward takes.
   *
   * @param held values of the function that are in memory anyway
   */
  Region region(Set<Value> held) {
    var price = new HashMap<Value, Long>();
    var params = forwardBody().params();
    for (int i = repeat().carried(); i < params.size(); i++) {
      var operand = forward.operand(i);
      boolean isHeld = held.contains(operand) || backward.operands().contains(operand);
      price.put(params.get(i), isHeld ? 0 : operand.type().bytes());
    }
    var saved = new LinkedHashSet<Value>();
    links.values().stream().filter(v -> !isOperand(v)).forEach(saved::add);
    Set<Value> needed = readings().needed();
    return new Region(
        repeat().label(), repeat().axis().size(), forwardBody().nodes(), saved, needed, price);
  }

  /** Whether a value of the forward body is an invariant, or a slice of a stacked operand. */
  boolean isOperand(Value value) {
    return forwardBody().params().indexOf(value) >= repeat().carried();
  }

  /** The forward body's invariant parameters and their operands. */
  Map<Param, Value> invariants() {
    int first = repeat().carried();
    return operands(first, first + repeat().invariant());
  }

  /** The forward body's parameters that are slices, and their stacked operands. */
  Map<Param, Value> slices() {
    return operands(repeat().carried() + repeat().invariant(), forward.operands().size());
  }

  /** The parameters of the forward body whose operands are among some values. */
  Set<Value> paramsFrom(Set<Value> some) {
    var params = new LinkedHashSet<Value>();
    operands(repeat().carried(), forward.operands().size())
        .forEach((param, operand) -> addIf(some.contains(operand), param, params));
    return params;
  }

  private static void addIf(boolean wanted, Value value, Set<Value> to) {
    if (wanted) {
      to.add(value);
    }
  }

  private Map<Param, Value> operands(int from, int to) {
    var operands = new LinkedHashMap<Param, Value>();
    for (int i = from; i < to; i++) {
      operands.put(forwardBody().params().get(i), forward.operand(i));
    }
    return operands;
  }
}
