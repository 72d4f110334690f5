package dev.weft.passes.simulate;

import java.util.Comparator;
import java.util.List;

/**
 * What a training step takes.
 *
 * @param seconds of the step
 * @param places what it takes of a device of each place along the pipeline
 * @param devices how many there are
 * @param tokens of the step
 * @param modelFlops that the model itself asks for
 * @param hardwareFlops with all that is computed again
 * @param peakFlops of all devices, per second, in the training precision
 */
public record StepPrice(
    double seconds,
    List<PlacePrice> places,
    int devices,
    long tokens,
    double modelFlops,
    double hardwareFlops,
    double peakFlops) {
  public StepPrice {
    places = List.copyOf(places);
  }

  public double tokensPerSecondPerDevice() {
    return tokens / seconds / devices;
  }

  /**
   * Model flops utilization (Chowdhery et al. 2022, "PaLM", appendix B): a part of the peak in the
   * training precision, which products in narrower formats can exceed.
   */
  public double mfu() {
    return modelFlops / seconds / peakFlops;
  }

  /** Hardware flops utilization: recomputation counts as work. */
  public double hfu() {
    return hardwareFlops / seconds / peakFlops;
  }

  /** The place with the least free memory. */
  public PlacePrice fullest() {
    return places.stream().min(Comparator.comparingLong(PlacePrice::freeBytes)).orElseThrow();
  }

  /** The memory of a device with the least free memory. */
  public MemoryPrice memory() {
    return fullest().memory();
  }

  /** Bytes of memory of a device with the least free memory. */
  public long capacityBytes() {
    return fullest().capacityBytes();
  }

  public boolean fits() {
    return fullest().freeBytes() >= 0;
  }

  /** The part of the step in which the average device waits for other places, 0 to 1. */
  public double bubble() {
    return Binding.BUBBLE.seconds(this) / seconds;
  }

  /** What the average device spends most of the step on. */
  public Binding binding() {
    return Binding.of(this).getFirst();
  }
}
