package dev.weft.cli.training;

import dev.weft.ir.graph.Module;
import dev.weft.ir.type.MemorySpace;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.cost.TrafficUse;
import java.util.List;

/**
 * What a run takes of its devices, by the text of its step alone.
 *
 * @param memory of each device
 * @param hostMemory of each device's host
 * @param traffic of all devices and steps together
 */
public record Prediction(List<MemoryUse> memory, List<MemoryUse> hostMemory, TrafficUse traffic) {
  public Prediction {
    memory = List.copyOf(memory);
    hostMemory = List.copyOf(hostMemory);
  }

  /** Of a lowered step that runs some times. */
  static Prediction of(Module step, int steps) {
    return new Prediction(
        MemoryUse.ofDevices(step),
        MemoryUse.ofDevices(step, MemorySpace.HOST),
        TrafficUse.ofAllDevices(step).times(steps));
  }

  /** The most memory that each device uses at once. */
  public List<Long> peakMemoryBytes() {
    return memory.stream().map(MemoryUse::peakBytes).toList();
  }

  /** The most memory of its host that each device uses at once. */
  public List<Long> peakHostMemoryBytes() {
    return hostMemory.stream().map(MemoryUse::peakBytes).toList();
  }
}
