package dev.weft.passes.offload;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.type.MemorySpace;
import dev.weft.passes.core.ValueMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights lie on the host. A repeat takes its layers' slices one at a time; any other weight comes
 * to the device once for the forward and once for the backward. Rows of a weight, and its layers in
 * groups, are views and stay where it is. A weight that is resident comes once, at its first use,
 * or is given to the function on the device where the function runs several times.
 */
final class WeightsOnHost {
  private final Function function;
  private final Set<Node> forward;
  private final Set<Value> weights = new HashSet<>();
  private final Set<Value> resident = new HashSet<>();
  private final Builder builder = new Builder();
  private final ValueMap map = new ValueMap();

  /** Weights that are on the device for the part that is written now. */
  private final Map<Value, Value> here = new HashMap<>();

  private WeightsOnHost(Function function, Set<String> given, Set<String> fetchedOnce) {
    this.function = function;
    this.forward = function.forwardNodes();
    for (int i : function.inputIndices(Port.Weight.class)) {
      var param = function.body().params().get(i);
      var name = function.inputs().get(i).name();
      if (!given.contains(name)) {
        weights.add(param);
      }
      if (fetchedOnce.contains(name)) {
        resident.add(param);
      }
    }
  }

  /** The function with all weights on the host. */
  static Function rewrite(Function function) {
    return new WeightsOnHost(function, Set.of(), Set.of()).rewrite();
  }

  /**
   * The function, which runs once, with its weights on the host.
   *
   * @param resident names of those that stay on the device from their first use
   */
  static Function fetching(Function function, Set<String> resident) {
    return new WeightsOnHost(function, Set.of(), resident).rewrite();
  }

  /**
   * The function, which runs several times, with its weights on the host.
   *
   * @param resident names of those that are on the device already
   */
  static Function given(Function function, Set<String> resident) {
    return new WeightsOnHost(function, resident, Set.of()).rewrite();
  }

  private Function rewrite() {
    for (var param : function.body().params()) {
      var space = weights.contains(param) ? MemorySpace.HOST : MemorySpace.DEVICE;
      var type = param.type().in(space);
      map.put(param, builder.param(new Param(param.name(), type, param.sharding())));
    }
    boolean inForward = true;
    for (var node : function.body().nodes()) {
      if (inForward && !forward.contains(node)) {
        inForward = false;
        here.keySet().retainAll(resident);
      }
      copy(node);
    }
    var body = builder.build(map.get(function.body().yields()));
    return new Function(function.name(), function.inputs(), body, function.outputs());
  }

  private void copy(Node node) {
    if (isViewOnHost(node)) {
      map.copy(node, builder);
      weights.addAll(node.results());
      return;
    }
    builder.at(node.span());
    var sliced = sliced(node);
    var operands =
        node.operands().stream()
            .map(v -> weights.contains(v) && !sliced.contains(v) ? onDevice(v) : map.get(v))
            .toList();
    var bodies = sliced.isEmpty() ? node.bodies() : List.of(fetching(node, sliced));
    var copy = builder.node(node.names(), node.op(), operands, bodies, node.shardings());
    map.putAll(node.results(), copy.results());
  }

  private boolean isViewOnHost(Node node) {
    boolean isView =
        node.op() instanceof Split
            || node.op() instanceof Slice slice && slice.isView(node.operand(0).type());
    return isView && weights.contains(node.operand(0)) && !resident.contains(node.operand(0));
  }

  /** The weights of which a repeat takes nothing but slices. */
  private Set<Value> sliced(Node node) {
    if (!(node.op() instanceof Repeat repeat)) {
      return Set.of();
    }
    int first = repeat.carried() + repeat.invariant();
    var sliced = new HashSet<Value>(node.operands().subList(first, node.operands().size()));
    sliced.retainAll(weights);
    sliced.removeAll(resident);
    node.operands().subList(0, first).forEach(sliced::remove);
    return sliced;
  }

  private static Block fetching(Node node, Set<Value> sliced) {
    var away = new HashSet<Param>();
    var body = node.bodies().getFirst();
    for (int i = 0; i < node.operands().size(); i++) {
      if (sliced.contains(node.operand(i))) {
        away.add(body.params().get(i));
      }
    }
    return Fetching.of(body, away);
  }

  private Value onDevice(Value weight) {
    return here.computeIfAbsent(weight, w -> Arrivals.moved(builder, new ToDevice(), map.get(w)));
  }
}
