package dev.weft.runtime.grid;

import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run gave. */
public record GridResult(List<DeviceResult> devices) {
  public GridResult {
    devices = List.copyOf(devices);
  }

  /** One output of every device, in the order of the devices. */
  public List<Tensor> output(int index) {
    return devices.stream().map(d -> d.outputs().get(index)).toList();
  }

  /** Bytes that all devices together sent, by kind of collective, sorted. */
  public Map<String, Long> commBytesByKind() {
    var bytes = new TreeMap<String, Long>();
    for (var device : devices) {
      device.traffic().forEach((kind, t) -> bytes.merge(kind, t.bytes(), Long::sum));
    }
    return bytes;
  }

  /** The peak memory of every device. */
  public List<Long> peakMemoryBytes() {
    return devices.stream().map(DeviceResult::peakBytes).toList();
  }
}
