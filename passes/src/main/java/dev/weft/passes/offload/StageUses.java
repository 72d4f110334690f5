package dev.weft.passes.offload;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.schedule.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a function fetches each of its weights while none stays on the device.
 *
 * @param groups of layers
 * @param forward fetches of the forward, by weight; of a stacked one, fetches of each row
 * @param backward likewise
 */
record StageUses(
    Function function,
    List<LayerGroup> groups,
    Map<Param, Integer> forward,
    Map<Param, Integer> backward) {

  static StageUses of(Function function) {
    var forwardNodes = function.forwardNodes();
    var forward = new LinkedHashMap<Param, Integer>();
    var backward = new LinkedHashMap<Param, Integer>();
    for (int i : function.inputIndices(Port.Weight.class)) {
      var weight = function.body().params().get(i);
      var users =
          function.body().nodes().stream().filter(n -> n.operands().contains(weight)).toList();
      var early = users.stream().filter(forwardNodes::contains).toList();
      var late = users.stream().filter(n -> !forwardNodes.contains(n)).toList();
      forward.put(weight, fetches(weight, early));
      backward.put(weight, fetches(weight, late));
    }
    return new StageUses(function, LayerGroup.of(function), forward, backward);
  }

  /** A repeat fetches the slices that it takes; for all other uses one fetch is enough. */
  private static int fetches(Param weight, List<Node> users) {
    int slices = 0;
    boolean whole = false;
    for (var user : users) {
      int sliced = slices(user, weight);
      slices += sliced;
      whole |= sliced == 0;
    }
    return slices + (whole ? 1 : 0);
  }

  private static int slices(Node user, Param weight) {
    if (!(user.op() instanceof Repeat repeat)) {
      return 0;
    }
    int first = repeat.carried() + repeat.invariant();
    if (user.operands().subList(0, first).contains(weight)) {
      return 0;
    }
    return (int)
        user.operands().subList(first, user.operands().size()).stream()
            .filter(weight::equals)
            .count();
  }

  /** The weights outside of the groups. */
  List<Param> others() {
    return forward.keySet().stream()
        .filter(w -> groups.stream().noneMatch(g -> g.weights().contains(w)))
        .toList();
  }

  String name(Param weight) {
    return function.inputs().get(function.body().params().indexOf(weight)).name();
  }

  /** In a phase, of which all but the forward read what the backward reads. */
  int fetches(Param weight, Phase phase) {
    return (phase == Phase.FORWARD ? forward : backward).getOrDefault(weight, 0);
  }
}
