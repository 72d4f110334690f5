package dev.weft.passes.offload;

import dev.weft.ir.graph.Param;
import java.util.Map;
import java.util.Set;

/**
 * What of one function's weights stays on the device between uses.
 *
 * @param rows of some groups of layers: how many layers, counted from the last
 * @param stacked the weights of these groups for which it is worth while
 * @param whole weights outside of repeats
 */
record Residents(Map<LayerGroup, Integer> rows, Set<Param> stacked, Set<Param> whole) {
  boolean isEmpty() {
    return rows.isEmpty() && whole.isEmpty();
  }
}
