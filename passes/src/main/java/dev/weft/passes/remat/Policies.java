package dev.weft.passes.remat;

import dev.weft.ir.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The policies that decide for each region by itself what is kept. */
final class Policies {
  private Policies() {}

  /**
   * Of each iteration of a loop its inputs alone are kept (Chen et al. 2016, "Training Deep Nets
   * with Sublinear Memory Cost", section 4); outside loops everything is.
   */
  static List<Set<Value>> full(FunctionRegions function) {
    return function.regions().stream()
        .map(r -> r.equals(function.body()) ? r.saved() : r.closed(Set.of()))
        .toList();
  }

  /** The core of attention is computed again, the rest is kept. */
  static List<Set<Value>> selective(FunctionRegions function) {
    return function.regions().stream().map(r -> without(r, function.attentionCore(r))).toList();
  }

  /** What some names mean is computed again, the rest is kept. */
  static List<Set<Value>> named(FunctionRegions function, Set<SavedName> names) {
    return function.regions().stream().map(r -> without(r, SavedName.meant(r, names))).toList();
  }

  private static Set<Value> without(Region region, Set<Value> recomputed) {
    var chosen = new HashSet<>(region.saved());
    chosen.removeAll(recomputed);
    return chosen.size() == region.saved().size() ? region.saved() : region.closed(chosen);
  }
}
