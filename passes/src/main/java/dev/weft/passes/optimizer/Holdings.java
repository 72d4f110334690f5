package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The weights that a program updates, and where the rest of the model's weights are: what it takes
 * to know the norm of all gradients.
 *
 * @param weights the ports of the weights, in the order in which they are packed
 * @param cutting the mesh axes that cut any weight of the model; empty for those that cut a weight
 *     held here. Programs that sum together must name the same axes
 * @param further mesh axes along which devices hold other weights, such as pipeline stages
 * @param elsewhere names of weights held here that a device along {@code further} holds too, and
 *     puts into the norm
 */
record Holdings(
    List<Port.Weight> weights,
    Optional<List<String>> cutting,
    List<String> further,
    Set<String> elsewhere) {
  Holdings {
    weights = List.copyOf(weights);
    cutting = cutting.map(List::copyOf);
    further = List.copyOf(further);
    elsewhere = Set.copyOf(elsewhere);
  }

  /** Every device holds the same weights, or pieces of them. */
  static Holdings whole(List<Port> weights) {
    var ports = weights.stream().map(Port.Weight.class::cast).toList();
    return new Holdings(ports, Optional.empty(), List.of(), Set.of());
  }

  /**
   * What one place along a pipeline holds: the weights of its stages. A weight of several places is
   * put into the norm by the first of them.
   *
   * @param stages of the whole pipeline
   * @param places of the stages
   * @param along the mesh axis of the pipeline
   */
  static Holdings ofPlace(List<Function> stages, List<Integer> places, int place, String along) {
    var cutting = new LinkedHashSet<String>();
    var own = new LinkedHashSet<Port.Weight>();
    var earlier = new LinkedHashSet<String>();
    for (int s = 0; s < stages.size(); s++) {
      for (int i : stages.get(s).outputIndices(Port.Gradient.class)) {
        cutting.addAll(ofValues(List.of(stages.get(s).body().yields().get(i))));
      }
      for (int i : stages.get(s).inputIndices(Port.Weight.class)) {
        var port = (Port.Weight) stages.get(s).inputs().get(i);
        if (places.get(s) == place) {
          own.add(port);
        } else if (places.get(s) < place) {
          earlier.add(port.name());
        }
      }
    }
    return new Holdings(
        List.copyOf(own), Optional.of(List.copyOf(cutting)), List.of(along), earlier);
  }

  /** The mesh axes that cut any weight. */
  List<String> cutting(List<Param> params) {
    return cutting.orElseGet(() -> List.copyOf(ofValues(params)));
  }

  private static Set<String> ofValues(List<? extends Value> values) {
    var axes = new LinkedHashSet<String>();
    values.forEach(v -> v.sharding().ifPresent(s -> axes.addAll(s.cutting())));
    return axes;
  }
}
