package dev.weft.passes.knobs;

import java.util.List;

/**
 * How many layers each stage has.
 *
 * @param layers for each stage, at least 1
 * @param time the work of the slowest place by its speed
 */
record Allocation(List<Integer> layers, double time) {
  Allocation {
    layers = List.copyOf(layers);
  }
}
