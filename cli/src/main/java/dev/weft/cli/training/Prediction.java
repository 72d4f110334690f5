package dev.weft.cli.training;

import dev.weft.ir.graph.Module;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.cost.TrafficUse;
import java.util.List;

/**
 * What a run takes of its devices, by the text of its step alone.
 *
 * @param memory of each device
 * @param traffic of all devices and steps together
 */
public record Prediction(List<MemoryUse> memory, TrafficUse traffic) {
  public Prediction {
    memory = List.copyOf(memory);
  }

  /** Of a lowered step that runs some times. */
  static Prediction of(Module step, int steps) {
    return new Prediction(MemoryUse.ofDevices(step), TrafficUse.ofAllDevices(step).times(steps));
  }

  /** The most memory that each device uses at once. */
  public List<Long> peakMemoryBytes() {
    return memory.stream().map(MemoryUse::peakBytes).toList();
  }
}
