package dev.weft.passes.knobs;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Beside which layer each node of a model stands when the layers are cut into stages, as {@link
 * dev.weft.passes.stage} cuts them: after its operands, or, where those are weights alone, before
 * its first user. Slot 0 precedes all layers, slot {@code i} is layer {@code i}, counted from 1,
 * and the last slot follows all layers. A repeat fills the slots of its layers.
 */
final class LayerSlots {
  private final int last;
  private final Map<Node, Integer> slots = new HashMap<>();
  private final Map<Node, Integer> firstLayers = new HashMap<>();

  private LayerSlots(int layers) {
    last = layers + 1;
  }

  static LayerSlots of(Function model) {
    var made = new LayerSlots(LayerCut.of(model).count());
    made.sink(model, made.place(model));
    return made;
  }

  /** The number of slots: two more than layers. */
  int count() {
    return last + 1;
  }

  /** The slot of a node that is no repeat; empty where it needs no weight and no layer. */
  Optional<Integer> slot(Node node) {
    return Optional.ofNullable(slots.get(node));
  }

  /** The slot of the first layer of a repeat. */
  int firstLayer(Node repeat) {
    return firstLayers.getOrDefault(repeat, 1);
  }

  /** Gives every node after a layer its slot; the nodes before all of them are left over. */
  private Set<Node> place(Function model) {
    var weighty = new HashSet<Value>();
    for (int i : model.inputIndices(Port.Weight.class)) {
      weighty.add(model.body().params().get(i));
    }
    var early = new HashSet<Node>();
    int layers = 0;
    for (var node : model.body().nodes()) {
      boolean withWeights = node.operands().stream().anyMatch(weighty::contains);
      if (withWeights) {
        weighty.addAll(node.results());
      }
      var after = latest(node.operands());
      if (node.op() instanceof Repeat repeat) {
        firstLayers.put(node, layers + 1);
        layers += Math.toIntExact(repeat.axis().size());
        slots.put(node, layers + 1 == last ? last : layers);
      } else if (after.isPresent()) {
        slots.put(node, after.get());
      } else if (withWeights) {
        early.add(node);
      }
    }
    return early;
  }

  private Optional<Integer> latest(Collection<Value> operands) {
    return operands.stream()
        .flatMap(
            v ->
                v instanceof Result(var node, var _)
                    ? slot(node).stream()
                    : Optional.<Integer>empty().stream())
        .max(Comparator.naturalOrder());
  }

  private void sink(Function model, Set<Node> early) {
    var firstUsers = new HashMap<Node, Integer>();
    for (var node : model.body().nodes().reversed()) {
      if (early.contains(node)) {
        slots.put(node, firstUsers.getOrDefault(node, 0));
      }
      slot(node).map(s -> user(node, s)).ifPresent(s -> use(node, s, firstUsers));
    }
  }

  private static void use(Node node, int slot, Map<Node, Integer> firstUsers) {
    for (var operand : node.operands()) {
      if (operand instanceof Result(var maker, var _)) {
        firstUsers.merge(maker, slot, Math::min);
      }
    }
  }

  /** The slot of what a node alone needs first. */
  private int user(Node node, int slot) {
    if (!(node.op() instanceof Repeat)) {
      return slot;
    }
    return firstLayer(node) == 1 ? 0 : firstLayer(node);
  }
}
