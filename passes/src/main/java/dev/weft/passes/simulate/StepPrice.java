package dev.weft.passes.simulate;

import java.util.Comparator;
import java.util.List;

/**
 * What a training step takes.
 *
 * @param seconds of the step
 * @param places what it takes of the devices of each place along the pipeline
 * @param devices how many there are
 * @param tokens of the step
 * @param modelFlops that the model itself asks for
 * @param hardwareFlops with all that is computed again
 * @param peakFlops of all devices, per second, in the training precision
 * @param capacityBytes of the memory of the smallest device
 */
public record StepPrice(
    double seconds,
    List<PlacePrice> places,
    int devices,
    long tokens,
    double modelFlops,
    double hardwareFlops,
    double peakFlops,
    long capacityBytes) {
  public StepPrice {
    places = List.copyOf(places);
  }

  public double tokensPerSecondPerDevice() {
    return tokens / seconds / devices;
  }

  /** Model flops utilization, 0 to 1 (Chowdhery et al. 2022, "PaLM", appendix B). */
  public double mfu() {
    return modelFlops / seconds / peakFlops;
  }

  /** Hardware flops utilization, 0 to 1: recomputation counts as work. */
  public double hfu() {
    return hardwareFlops / seconds / peakFlops;
  }

  /** The memory of the device that needs most. */
  public MemoryPrice memory() {
    return places.stream()
        .map(PlacePrice::memory)
        .max(Comparator.comparingLong(MemoryPrice::deviceBytes))
        .orElseThrow();
  }

  public boolean fits() {
    return memory().deviceBytes() <= capacityBytes;
  }

  /** The part of the step in which the average device waits for other places, 0 to 1. */
  public double bubble() {
    return places.stream().mapToDouble(PlacePrice::waiting).average().orElse(0) / seconds;
  }
}
