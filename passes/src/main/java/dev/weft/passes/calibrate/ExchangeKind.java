package dev.weft.passes.calibrate;

import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.network.Group;
import dev.weft.passes.network.Network;

/** What a group of neighbouring devices does together in a measurement. */
public enum ExchangeKind {
  ALL_REDUCE,
  ALL_GATHER,
  REDUCE_SCATTER,
  ALL_TO_ALL,
  BROADCAST,
  /** Each device sends to the next one of a ring. */
  TRANSFER;

  /** Seconds that a network takes for it. */
  double seconds(Network network, long bytes, int devices) {
    var group = new Group(devices, 1, devices);
    return switch (this) {
      case ALL_REDUCE -> network.seconds(CollectiveKind.ALL_REDUCE, bytes, group);
      case ALL_GATHER -> network.seconds(CollectiveKind.ALL_GATHER, bytes, group);
      case REDUCE_SCATTER -> network.seconds(CollectiveKind.REDUCE_SCATTER, bytes, group);
      case ALL_TO_ALL -> network.seconds(CollectiveKind.ALL_TO_ALL, bytes, group);
      case BROADCAST -> network.seconds(CollectiveKind.BROADCAST, bytes, group);
      case TRANSFER -> network.transfer(bytes, group);
    };
  }
}
