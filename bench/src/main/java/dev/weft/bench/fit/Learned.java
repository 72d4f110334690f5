package dev.weft.bench.fit;

import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.fit.Measurement;
import dev.weft.passes.fit.Spread;
import java.util.List;

/**
 * What an engine was found to be.
 *
 * @param device with that engine
 * @param engine the constants
 * @param rows what they were found in
 */
record Learned(DeviceSpec device, Record engine, List<Measurement> rows) {
  Spread spread() {
    return Spread.of(device, rows);
  }
}
