package dev.weft.passes.knobs;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What each layer of a model costs, in the order of {@link LayerCut}: its flops are those of one
 * iteration of its repeat's body. What stands between two repeats counts with the layer beside
 * which it is computed; what depends on no weight and on no layer counts nowhere.
 *
 * @param layers one iteration of a repeat each
 * @param first what precedes the first layer, such as an embedding
 * @param last what follows the last layer, such as a head
 * @param everywhereBytes weights that all layers of a repeat share; each place has them
 */
record LayerCosts(List<LayerCost> layers, LayerCost first, LayerCost last, long everywhereBytes) {
  LayerCosts {
    layers = List.copyOf(layers);
  }

  /**
   * The costs of a model.
   *
   * @param held the bytes that a weight takes
   */
  static LayerCosts of(Function model, ToLongFunction<TensorType> held) {
    var count = new Count(LayerSlots.of(model), held);
    model.body().nodes().forEach(count::work);
    for (int i : model.inputIndices(Port.Weight.class)) {
      count.weight(model, model.body().params().get(i));
    }
    var costs = count.costs;
    return new LayerCosts(
        costs.subList(1, costs.size() - 1), costs.getFirst(), costs.getLast(), count.everywhere);
  }

  /** Sums up the costs of each slot. */
  private static final class Count {
    private final LayerSlots slots;
    private final ToLongFunction<TensorType> held;
    private final List<LayerCost> costs;
    private long everywhere;

    Count(LayerSlots slots, ToLongFunction<TensorType> held) {
      this.slots = slots;
      this.held = held;
      this.costs = new ArrayList<>(Collections.nCopies(slots.count(), LayerCost.NONE));
    }

    void work(Node node) {
      if (node.op() instanceof Repeat repeat) {
        addToLayers(node, repeat, new LayerCost(flops(node.bodies().getFirst()), 0));
      } else {
        slots.slot(node).ifPresent(slot -> add(slot, new LayerCost(flops(node), 0)));
      }
    }

    /** A weight that several slots use is held by each of them. */
    void weight(Function model, Param weight) {
      var seen = new HashSet<Integer>();
      for (var node : model.body().nodes()) {
        if (node.op() instanceof Repeat repeat) {
          weight(node, repeat, weight, seen);
        } else if (node.operands().contains(weight)) {
          slots.slot(node).ifPresent(slot -> hold(slot, weight, seen));
        }
      }
    }

    private void weight(Node node, Repeat repeat, Value weight, Set<Integer> seen) {
      for (int i = 0; i < node.operands().size(); i++) {
        if (!node.operand(i).equals(weight)) {
          continue;
        }
        if (i < repeat.carried()) {
          hold(slots.firstLayer(node), weight, seen);
        } else if (i < repeat.carried() + repeat.invariant()) {
          everywhere = Math.addExact(everywhere, held.applyAsLong(weight.type()));
        } else {
          var slice = node.bodies().getFirst().params().get(i).type();
          addToLayers(node, repeat, new LayerCost(0, held.applyAsLong(slice)));
        }
      }
    }

    private void hold(int slot, Value weight, Set<Integer> seen) {
      if (seen.add(slot)) {
        add(slot, new LayerCost(0, held.applyAsLong(weight.type())));
      }
    }

    private void addToLayers(Node node, Repeat repeat, LayerCost cost) {
      for (int i = 0; i < repeat.axis().size(); i++) {
        add(slots.firstLayer(node) + i, cost);
      }
    }

    private void add(int slot, LayerCost cost) {
      costs.set(slot, costs.get(slot).plus(cost));
    }
  }

  private static long flops(Block block) {
    return block.nodes().stream().mapToLong(LayerCosts::flops).reduce(0, Math::addExact);
  }

  /** The work of a node; a repeat within a layer runs its body many times. */
  private static long flops(Node node) {
    long inside = node.bodies().stream().mapToLong(LayerCosts::flops).reduce(0, Math::addExact);
    long times = node.op() instanceof Repeat repeat ? repeat.axis().size() : 1;
    long own = node.op().work(node.operandTypes(), node.types()).flops();
    return Math.addExact(own, Math.multiplyExact(times, inside));
  }
}
