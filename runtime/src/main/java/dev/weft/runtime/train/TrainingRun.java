package dev.weft.runtime.train;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.runtime.grid.Grid;
import dev.weft.runtime.grid.GridResult;
import dev.weft.runtime.grid.Traffic;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Trains a lowered step on the grid, step by step; keeps weights and state on the devices. */
public final class TrainingRun {
  private final List<Program> programs;
  private final Grid grid;
  private final List<DeviceGroup> groups;
  private final List<List<Tensor>> held;
  private final Map<String, Traffic> traffic = new TreeMap<>();
  private final List<Long> peakBytes;
  private final List<Long> peakHostBytes;
  private long steps;

  /**
   * A run that begins with given weights and zero state.
   *
   * @param module a lowered training step
   * @param weights whole weights by path
   */
  public TrainingRun(Module module, Grid grid, Map<String, Tensor> weights) {
    int devices = module.mesh().devices();
    this.grid = grid;
    this.programs = Program.ofDevices(module);
    this.groups = DeviceGroup.of(module);
    this.peakBytes = new ArrayList<>(Collections.nCopies(devices, 0L));
    this.peakHostBytes = new ArrayList<>(Collections.nCopies(devices, 0L));
    this.held = new ArrayList<>(Collections.nCopies(devices, List.of()));
    each((group, device) -> held.set(device, group.initial(weights, device)));
  }

  /** Runs the next step on a whole batch. */
  public StepResult next(Map<String, Tensor> batch) {
    steps++;
    var inputs = new ArrayList<>(held);
    each(
        (group, device) ->
            inputs.set(device, group.inputs(held.get(device), batch, steps, device)));
    // The devices own their inputs now: what they do not use any more is free.
    held.replaceAll(_ -> List.of());
    var result = grid.run(programs, inputs);
    each((group, device) -> held.set(device, group.kept(outputs(result).apply(device))));
    count(result);
    return read(result);
  }

  /** Bytes and calls of all devices and steps so far, by kind of collective, sorted. */
  public Map<String, Traffic> traffic() {
    return Collections.unmodifiableMap(traffic);
  }

  /** The most memory that each device has used at once. */
  public List<Long> peakMemoryBytes() {
    return List.copyOf(peakBytes);
  }

  /** The most memory of its host that each device has used at once. */
  public List<Long> peakHostMemoryBytes() {
    return List.copyOf(peakHostBytes);
  }

  /** The whole weights as they are now, by path. */
  public Map<String, Tensor> weights() {
    var parts = new LinkedHashMap<Port.Weight, Tensor>();
    groups.forEach(group -> group.weights(held::get).forEach(parts::putIfAbsent));
    return StackedRows.joined(parts);
  }

  private void count(GridResult result) {
    for (int device = 0; device < result.devices().size(); device++) {
      var one = result.devices().get(device);
      one.traffic().forEach((kind, t) -> traffic.merge(kind, t, Traffic::plus));
      peakBytes.set(device, Math.max(peakBytes.get(device), one.peakBytes()));
      peakHostBytes.set(device, Math.max(peakHostBytes.get(device), one.peakHostBytes()));
    }
  }

  private StepResult read(GridResult result) {
    var diverging = new ArrayList<String>();
    double loss = Double.NaN;
    var outputs = new LinkedHashMap<String, Tensor>();
    var gradients = new LinkedHashMap<Port.Weight, Tensor>();
    for (var group : groups) {
      for (var entry : group.results(outputs(result), diverging).entrySet()) {
        if (entry.getKey() instanceof Port.Loss) {
          loss = entry.getValue().scalar();
        } else {
          outputs.put(entry.getKey().name(), entry.getValue());
        }
      }
      group
          .gradients(outputs(result), diverging)
          .forEach((port, gradient) -> merge(gradients, port, gradient, diverging));
    }
    return new StepResult(
        loss, outputs, StackedRows.joined(gradients), diverging.stream().findFirst());
  }

  /** Stages that share a weight must have the same gradient of it. */
  private static void merge(
      Map<Port.Weight, Tensor> all, Port.Weight port, Tensor gradient, List<String> diverging) {
    var other = all.putIfAbsent(port, gradient);
    if (other != null && !Placement.equal(other, gradient)) {
      diverging.add("gradient " + port.name() + " of two stages");
    }
  }

  private static IntFunction<List<Tensor>> outputs(GridResult result) {
    return device -> result.devices().get(device).outputs();
  }

  private interface DeviceAction {
    void perform(DeviceGroup group, int device);
  }

  private void each(DeviceAction action) {
    groups.forEach(group -> group.devices().forEach(d -> action.perform(group, d)));
  }
}
