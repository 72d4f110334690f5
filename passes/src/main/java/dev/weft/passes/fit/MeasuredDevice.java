package dev.weft.passes.fit;

import dev.weft.passes.cluster.DeviceSpec;
import java.util.List;

/** A device and what was measured on it. */
public record MeasuredDevice(DeviceSpec device, List<Measurement> measurements) {
  public MeasuredDevice {
    measurements = List.copyOf(measurements);
  }
}
