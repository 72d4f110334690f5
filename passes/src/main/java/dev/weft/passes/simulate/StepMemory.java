package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a step on each place along the pipeline. It follows from the order of the work
 * alone, so that it is known before the times are.
 *
 * @param places by place
 */
public record StepMemory(List<Place> places) {
  public StepMemory {
    places = List.copyOf(places);
  }

  /**
   * The memory of a place.
   *
   * @param capacityBytes of its device with the least memory
   */
  public record Place(MemoryPrice price, long capacityBytes) {}

  /** The memory of a job that is cut so and works in that order. */
  public static StepMemory of(JobPrices prices, StageCut cut, Schedule schedule) {
    var stages = prices.stages(cut);
    var memory = prices.memory();
    var places = new ArrayList<Place>();
    for (int place = 0; place < schedule.devices(); place++) {
      var peak = MemoryPeak.of(memory.cursor(stages, schedule.rows().get(place), cut, place));
      places.add(
          new Place(
              memory.of(peak, cut.total(place), cut.largest(place)),
              prices.smallest(prices.group(place)).device().memoryBytes()));
    }
    return new StepMemory(places);
  }
}
