package dev.weft.passes.offload;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Repeats that go through the same layers: a forward, its backward, and whatever else takes slices
 * of the same weights or of what one of them saves.
 *
 * @param repeats in program order
 * @param layers the number of iterations of each
 * @param weights those that are stacked for these repeats and have no other use
 * @param splits whether the layers can be cut into two parts
 */
record LayerGroup(List<Node> repeats, int layers, Set<Param> weights, boolean splits) {

  /** The groups of a function that have weights. */
  static List<LayerGroup> of(Function function) {
    var clusters = new ArrayList<Cluster>();
    for (var node : function.body().nodes()) {
      if (node.op() instanceof Repeat repeat) {
        var joined = new Cluster(repeat.axis().size(), stacks(node));
        clusters.removeIf(c -> joined.absorbs(c));
        joined.repeats.add(node);
        clusters.add(joined);
      }
    }
    return clusters.stream()
        .map(c -> c.group(function))
        .filter(g -> !g.weights().isEmpty())
        .toList();
  }

  /** The values that a repeat takes and gives layer by layer; the layers' numbers tie nothing. */
  private static Set<Value> stacks(Node node) {
    var repeat = (Repeat) node.op();
    var stacks = new LinkedHashSet<>(stackedOperands(node));
    stacks.addAll(node.results().subList(repeat.carried(), node.results().size()));
    stacks.removeIf(v -> v instanceof Result result && result.node().op() instanceof Iota);
    return stacks;
  }

  static List<Value> stackedOperands(Node node) {
    var repeat = (Repeat) node.op();
    return node.operands().subList(repeat.carried() + repeat.invariant(), node.operands().size());
  }

  /** Repeats that were found to share stacks. */
  private static final class Cluster {
    private final long layers;
    private final Set<Value> stacks;
    private final List<Node> repeats = new ArrayList<>();

    Cluster(long layers, Set<Value> stacks) {
      this.layers = layers;
      this.stacks = stacks;
    }

    private boolean absorbs(Cluster other) {
      boolean shares = other.stacks.stream().anyMatch(stacks::contains);
      if (shares) {
        repeats.addAll(other.repeats);
        stacks.addAll(other.stacks);
      }
      return shares;
    }

    LayerGroup group(Function function) {
      var weights = new LinkedHashSet<Param>();
      boolean alone = true;
      for (int i : function.inputIndices(Port.Weight.class)) {
        var param = function.body().params().get(i);
        if (stacks.contains(param)) {
          boolean own = isOwn(param, function);
          alone &= own;
          if (own) {
            weights.add(param);
          }
        }
      }
      boolean whole = stacks.stream().noneMatch(Cluster::isCut);
      return new LayerGroup(
          inOrder(function), Math.toIntExact(layers), weights, alone && whole && layers > 1);
    }

    private List<Node> inOrder(Function function) {
      var own = new HashSet<>(repeats);
      return function.body().nodes().stream().filter(own::contains).toList();
    }

    /** Whether a weight is taken slice by slice, by these repeats alone. */
    private boolean isOwn(Param weight, Function function) {
      return !function.body().yields().contains(weight)
          && function.body().nodes().stream()
              .filter(n -> n.operands().contains(weight))
              .allMatch(n -> repeats.contains(n) && isSliced(n, weight));
    }

    private static boolean isSliced(Node node, Value value) {
      var repeat = (Repeat) node.op();
      return !node.operands().subList(0, repeat.carried() + repeat.invariant()).contains(value);
    }

    /** Whether devices have different layers of a stack. */
    private static boolean isCut(Value stack) {
      return stack.sharding().filter(s -> !s.dims().getFirst().isEmpty()).isPresent();
    }
  }
}
