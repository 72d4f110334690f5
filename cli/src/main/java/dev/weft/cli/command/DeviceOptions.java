package dev.weft.cli.command;

import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How many devices there are. */
final class DeviceOptions {
  @Option(
      names = "--devices",
      paramLabel = "N",
      converter = Count.class,
      description =
          "The number of devices that the plan must have. Default for a plan that is searched for:"
              + " one node of the cluster.")
  private Optional<Integer> devices = Optional.empty();

  OptionalInt count() {
    return devices.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
