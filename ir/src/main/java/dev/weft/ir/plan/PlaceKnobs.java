package dev.weft.ir.plan;

import java.util.List;

/**
 * How the places along a pipeline differ, as in {@code speed=1/0.5,memory=40GiB/16GiB}. A place is
 * all devices with one coordinate along the pipeline's mesh axis.
 *
 * @param speeds for each place how fast it is in relation to the others; none where all are alike
 * @param memoryBytes for each place the limit of each of its devices in bytes; none where nothing
 *     is limited
 */
public record PlaceKnobs(List<Double> speeds, List<Long> memoryBytes) {
  /** Places of which nothing is known: layers are shared evenly. */
  public static final PlaceKnobs ALIKE = new PlaceKnobs(List.of(), List.of());

  public PlaceKnobs {
    speeds = List.copyOf(speeds);
    memoryBytes = List.copyOf(memoryBytes);
  }

  /** Whether nothing is said of the places. */
  public boolean isEmpty() {
    return speeds.isEmpty() && memoryBytes.isEmpty();
  }
}
