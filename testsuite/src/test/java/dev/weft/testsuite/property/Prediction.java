package dev.weft.testsuite.property;

import dev.weft.ir.graph.Module;
import dev.weft.ir.type.MemorySpace;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.cost.Sent;
import dev.weft.passes.cost.TrafficUse;
import dev.weft.runtime.grid.DeviceResult;
import dev.weft.runtime.grid.GridResult;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a step should take of its devices, by its text, against what a run of it took. */
record Prediction(Module step) {
  /**
   * What is not as predicted.
   *
   * @param number of the step; at the first every weight has a buffer of its own, later ones begin
   *     with the weights that the step before has unpacked
   */
  Optional<String> difference(GridResult measured, int number) {
    for (int device = 0; device < measured.devices().size(); device++) {
      var result = measured.devices().get(device);
      var use = memory(device, number, MemorySpace.DEVICE);
      if (use.peakBytes() != result.peakBytes() || use.terms().total() != use.peakBytes()) {
        return Optional.of(use + ", not " + result.peakBytes() + " on device " + device);
      }
      var host = memory(device, number, MemorySpace.HOST);
      if (host.peakBytes() != result.peakHostBytes()) {
        return Optional.of(host + ", not " + result.peakHostBytes() + " on host " + device);
      }
      var traffic = TrafficUse.of(step, device).byKind();
      if (!traffic.equals(sent(result))) {
        return Optional.of(traffic + ", not " + result.traffic() + " on device " + device);
      }
    }
    return Optional.empty();
  }

  private MemoryUse memory(int device, int number, MemorySpace counted) {
    return number == 1
        ? MemoryUse.ofFunction(step, step.program(device), counted)
        : MemoryUse.of(step, device, counted);
  }

  private static Map<String, Sent> sent(DeviceResult result) {
    var sent = new TreeMap<String, Sent>();
    result.traffic().forEach((kind, t) -> sent.put(kind, new Sent(t.calls(), t.bytes())));
    return sent;
  }
}
