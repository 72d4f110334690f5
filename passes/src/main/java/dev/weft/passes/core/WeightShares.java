package dev.weft.passes.core;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the share of a weight lies that one of several replicas updates: one more dimension is cut,
 * in all layers alike. A weight of which no dimension is divisible stays whole; one that is cut
 * along some of the replicas already is shared among the others.
 *
 * @param over the mesh axes of the replicas, those of several devices
 * @param loops axes of repeats, along which layers are stacked
 */
public record WeightShares(Mesh mesh, List<String> over, Set<String> loops) {
  public WeightShares {
    over = over.stream().filter(axis -> mesh.size(axis) > 1).toList();
    loops = Set.copyOf(loops);
  }

  /** The axes of the repeats of some functions. */
  public static Set<String> loops(List<Function> functions) {
    var loops = new HashSet<String>();
    functions.stream()
        .flatMap(function -> function.body().allNodes())
        .map(Node::op)
        .filter(Repeat.class::isInstance)
        .forEach(op -> loops.add(((Repeat) op).axis().axis()));
    return loops;
  }

  /**
   * The layout of a weight's share.
   *
   * @param local the piece of the weight that one device uses
   * @param use the layout of the weight as it is used
   */
  public Sharding of(TensorType local, Sharding use) {
    var further = over.stream().filter(axis -> !use.cutting().contains(axis)).toList();
    if (further.isEmpty()) {
      return use;
    }
    // A dimension that is whole makes the simplest collective; one that is cut is cut further.
    for (boolean cut : new boolean[] {false, true}) {
      for (int d = 0; d < local.rank(); d++) {
        if (!use.dims().get(d).isEmpty() == cut && isDivisible(local, d, further)) {
          var axes = new ArrayList<>(use.dims().get(d));
          axes.addAll(further);
          return use.withDim(d, axes);
        }
      }
    }
    return use;
  }

  private boolean isDivisible(TensorType local, int index, List<String> further) {
    var dim = local.dims().get(index);
    return !loops.contains(dim.axis()) && dim.size() % mesh.size(further) == 0;
  }
}
