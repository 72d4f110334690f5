package dev.weft.passes.offload;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.ToHost;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the forward keeps for the backward lies on the host in between. */
final class SavedOnHost {
  private final Function function;
  private final Set<Node> forward;
  private final Map<Value, Node> lastForwardUse = new HashMap<>();

  /** Stacked results of forward repeats that backward repeats alone take, slice by slice. */
  private final Set<Value> stacks = new LinkedHashSet<>();

  /** Other values that the backward takes. */
  private final Set<Value> whole = new LinkedHashSet<>();

  private SavedOnHost(Function function) {
    this.function = function;
    this.forward = function.forwardNodes();
  }

  static Function rewrite(Function function) {
    var offload = new SavedOnHost(function);
    offload.findSaved();
    return offload.rewrite();
  }

  private void findSaved() {
    var taken = new LinkedHashSet<Value>();
    var takenWhole = new HashSet<Value>(function.body().yields());
    for (var node : function.body().nodes()) {
      for (int i = 0; i < node.operands().size(); i++) {
        var operand = node.operand(i);
        if (forward.contains(node)) {
          lastForwardUse.put(operand, node);
          takenWhole.add(operand);
        } else if (isMadeByForward(operand)) {
          taken.add(operand);
          if (!isSliced(node, operand)) {
            takenWhole.add(operand);
          }
        }
      }
    }
    for (var value : taken) {
      boolean stack = isStack(value) && !takenWhole.contains(value);
      if (stack) {
        stacks.add(value);
      } else if (!function.body().yields().contains(value)) {
        whole.add(value);
      }
    }
  }

  private boolean isMadeByForward(Value value) {
    return value instanceof Result(var node, var _)
        && forward.contains(node)
        && value.type().dtype().isFloat()
        && value.type().rank() > 0;
  }

  private static boolean isStack(Value value) {
    return value instanceof Result(var node, var index)
        && node.op() instanceof Repeat repeat
        && index >= repeat.carried();
  }

  /** Whether a repeat takes nothing but slices of a value. */
  private static boolean isSliced(Node node, Value operand) {
    return node.op() instanceof Repeat repeat
        && !node.operands().subList(0, repeat.carried() + repeat.invariant()).contains(operand);
  }

  private Function rewrite() {
    var builder = new Builder();
    var map = new ValueMap();
    var arrivals = new Arrivals(builder, map);
    function.body().params().forEach(p -> map.put(p, builder.param(p)));
    for (var node : function.body().nodes()) {
      builder.at(node.span());
      if (!forward.contains(node)) {
        node.operands().stream().filter(whole::contains).forEach(arrivals::bring);
      }
      map.copy(node, bodies(node), builder);
      leave(node, arrivals);
    }
    var body = builder.build(map.get(function.body().yields()));
    return new Function(function.name(), function.inputs(), body, function.outputs());
  }

  /** Sends away what the forward has used for the last time. */
  private void leave(Node node, Arrivals arrivals) {
    if (forward.contains(node)) {
      node.results().stream()
          .filter(r -> whole.contains(r) && !lastForwardUse.containsKey(r))
          .forEach(arrivals::send);
      new LinkedHashSet<>(node.operands())
          .stream()
              .filter(v -> whole.contains(v) && node.equals(lastForwardUse.get(v)))
              .forEach(arrivals::send);
    }
  }

  private List<Block> bodies(Node node) {
    if (!(node.op() instanceof Repeat repeat)) {
      return node.bodies();
    }
    var body = node.bodies().getFirst();
    if (forward.contains(node)) {
      return List.of(sending(node, repeat, body));
    }
    var sliced = new HashSet<Param>();
    for (int i = repeat.carried() + repeat.invariant(); i < body.params().size(); i++) {
      if (stacks.contains(node.operand(i))) {
        sliced.add(body.params().get(i));
      }
    }
    return List.of(Fetching.of(body, sliced));
  }

  /** A body whose slices for the backward go to the host at its end. */
  private Block sending(Node node, Repeat repeat, Block body) {
    var builder = new Builder();
    var map = new ValueMap();
    body.params().forEach(p -> map.put(p, builder.param(p)));
    body.nodes().forEach(n -> map.copy(n, builder));
    var yields = new ArrayList<Value>();
    for (int i = 0; i < body.yields().size(); i++) {
      var value = map.get(body.yields().get(i));
      boolean leaves = i >= repeat.carried() && stacks.contains(node.result(i));
      yields.add(leaves ? Arrivals.moved(builder, new ToHost(), value) : value);
    }
    return builder.build(yields);
  }
}
