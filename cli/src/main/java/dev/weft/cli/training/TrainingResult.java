package dev.weft.cli.training;

import dev.weft.runtime.grid.Traffic;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a training run gave.
 *
 * @param losses of every step
 * @param check against the serial run; empty where none was asked for
 * @param traffic of all devices and steps together, by kind of collective, sorted
 * @param peakMemoryBytes the most memory that each device has used at once
 * @param peakHostMemoryBytes likewise, of its host's
 * @param predicted of traffic and memory, before the run
 */
public record TrainingResult(
    List<Double> losses,
    Optional<Check> check,
    Map<String, Traffic> traffic,
    List<Long> peakMemoryBytes,
    List<Long> peakHostMemoryBytes,
    Prediction predicted) {
  public TrainingResult {
    losses = List.copyOf(losses);
    traffic = Collections.unmodifiableMap(new TreeMap<>(traffic));
    peakMemoryBytes = List.copyOf(peakMemoryBytes);
    peakHostMemoryBytes = List.copyOf(peakHostMemoryBytes);
  }
}
