package dev.weft.passes.knobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Layers in order, to be cut into stages that lie on places of different speed and memory.
 *
 * @param layers what each layer costs
 * @param beside for each place what it has whichever layers it gets
 * @param places the place of each stage
 * @param speeds of each place
 * @param limits of each place in bytes; {@link Long#MAX_VALUE} for none
 */
record AllocationProblem(
    List<LayerCost> layers,
    List<LayerCost> beside,
    List<Integer> places,
    List<Double> speeds,
    List<Long> limits) {
  AllocationProblem {
    layers = List.copyOf(layers);
    beside = List.copyOf(beside);
    places = List.copyOf(places);
    speeds = List.copyOf(speeds);
    limits = List.copyOf(limits);
    if (layers.size() < places.size()
        || speeds.size() != beside.size()
        || limits.size() != beside.size()) {
      throw new IllegalArgumentException(layers.size() + " layers, stages on " + places);
    }
  }

  /** The layers of a model on the places of a pipeline. */
  static AllocationProblem of(
      LayerCosts costs, List<Integer> places, List<Double> speeds, List<Long> limits) {
    var everywhere = new LayerCost(0, costs.everywhereBytes());
    var beside = new ArrayList<>(Collections.nCopies(speeds.size(), everywhere));
    beside.set(places.getFirst(), beside.get(places.getFirst()).plus(costs.first()));
    beside.set(places.getLast(), beside.get(places.getLast()).plus(costs.last()));
    return new AllocationProblem(costs.layers(), beside, places, speeds, limits);
  }

  AllocationProblem withLimits(List<Long> others) {
    return new AllocationProblem(layers, beside, places, speeds, others);
  }

  /** What each place has where the stages have so many layers each. */
  List<LayerCost> loads(List<Integer> counts) {
    var loads = new ArrayList<>(beside);
    int next = 0;
    for (int stage = 0; stage < places.size(); stage++) {
      int place = places.get(stage);
      for (int end = next + counts.get(stage); next < end; next++) {
        loads.set(place, loads.get(place).plus(layers.get(next)));
      }
    }
    return loads;
  }

  /** The time of the slowest place. */
  double time(List<Integer> counts) {
    var loads = loads(counts);
    double slowest = 0;
    for (int place = 0; place < loads.size(); place++) {
      slowest = Math.max(slowest, loads.get(place).flops() / speeds.get(place));
    }
    return slowest;
  }

  /** Whether a load of a place is done in a time and within the place's memory. */
  boolean fits(int place, LayerCost load, double time) {
    return load.flops() / speeds.get(place) <= time && load.bytes() <= limits.get(place);
  }
}
