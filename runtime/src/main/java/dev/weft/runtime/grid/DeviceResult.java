package dev.weft.runtime.grid;

import dev.weft.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one device computed, and what it took.
 *
 * @param traffic by kind of collective, sorted
 * @param peakBytes the most memory in use at once, as {@code runtime.interp} defines it
 * @param peakHostBytes likewise, of the host's memory
 */
public record DeviceResult(
    List<Tensor> outputs, Map<String, Traffic> traffic, long peakBytes, long peakHostBytes) {
  public DeviceResult {
    outputs = List.copyOf(outputs);
    traffic = Collections.unmodifiableMap(new TreeMap<>(traffic));
  }
}
