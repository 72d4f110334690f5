package dev.weft.cli.validate;

import java.util.OptionalLong;

/**
 * The machine of a published run, as far as its row says.
 *
 * @param key a short name of the device, such as {@code a100-80}
 * @param device as published
 * @param devices in the whole run
 * @param devicesPerNode in one node
 * @param interconnect in words
 */
public record RunMachine(
    String key,
    String device,
    OptionalLong devices,
    OptionalLong devicesPerNode,
    String interconnect) {
  static RunMachine of(CsvRow row) {
    return new RunMachine(
        row.text("device_key"),
        row.text("device"),
        row.integer("num_devices"),
        row.integer("devices_per_node"),
        row.text("interconnect"));
  }
}
