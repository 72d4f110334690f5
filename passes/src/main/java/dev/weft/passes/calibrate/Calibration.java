package dev.weft.passes.calibrate;

import dev.weft.passes.cluster.DeviceSpec;
import dev.weft.passes.cluster.HostSpec;
import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.fit.Spread;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The constants of a machine, and how far they are from what was measured.
 *
 * @param link among the devices; empty where there is only one
 * @param errors by what was measured
 */
public record Calibration(
    Readings readings,
    DeviceSpec device,
    HostSpec host,
    Optional<LinkSpec> link,
    SequencedMap<String, Spread> errors) {

  /** Bytes/s of updates on a host that nobody measured: a tenth of 500 GB/s. */
  private static final double USUAL_UPDATE = 5e10;

  /**
   * Of what was measured.
   *
   * @param name of the device and the cluster
   * @param like the device whose data sheet is that of the one measured; empty where none is known
   */
  public static Calibration of(Readings readings, String name, Optional<DeviceSpec> like) {
    var fit = new DeviceFit(readings);
    var device = fit.device(name, like);
    var exchanges = readings.collectives().stream().map(r -> r.measurement()).toList();
    var link =
        exchanges.isEmpty()
            ? Optional.<LinkSpec>empty()
            : Optional.of(LinkFit.of(start(readings, exchanges), exchanges));
    var errors = new LinkedHashMap<>(fit.errors(device));
    link.ifPresent(l -> errors.put("collectives", LinkFit.spread(l, exchanges)));
    return new Calibration(readings, device, host(readings), link, errors);
  }

  /** Every number comes from here. */
  public String source() {
    var machine = readings.device();
    return "measured by weft calibrate on " + machine.name() + ", " + machine.date();
  }

  /** The spec of the machine as JSON; the same bytes for the same readings. */
  public String json() {
    return ClusterText.of(this);
  }

  /** Latency from the smallest copy, bandwidth from the best rate of the slower direction. */
  private static HostSpec host(Readings readings) {
    var copies = readings.host();
    double bandwidth =
        Arrays.stream(Readings.Direction.values())
            .map(direction -> copies.stream().filter(c -> c.direction() == direction).toList())
            .filter(found -> !found.isEmpty())
            .mapToDouble(found -> found.stream().mapToDouble(c -> c.rate()).max().orElseThrow())
            .min()
            .orElseThrow();
    double latency =
        copies.stream()
            .min(Comparator.comparingLong(Readings.CopyReading::bytes))
            .orElseThrow()
            .seconds();
    double update = readings.update().map(Readings.UpdateReading::rate).orElse(USUAL_UPDATE);
    return new HostSpec(readings.device().hostMemoryBytes(), bandwidth, latency, update);
  }

  /** Where the search for the link's constants begins: the best rate and the shortest time. */
  private static LinkSpec start(Readings readings, List<MeasuredExchange> exchanges) {
    double rate = exchanges.stream().mapToDouble(e -> e.bytes() / e.seconds()).max().orElseThrow();
    double shortest = exchanges.stream().mapToDouble(e -> e.seconds()).min().orElseThrow();
    return LinkStart.of(readings.device().devices(), rate, shortest);
  }
}
