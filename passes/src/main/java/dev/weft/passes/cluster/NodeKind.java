package dev.weft.passes.cluster;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Nodes that are alike.
 *
 * @param devices on each node
 * @param count how many of them there are; empty for as many as one likes
 * @param links the levels within these nodes, innermost first, where they differ from the cluster's
 */
public record NodeKind(
    DeviceSpec device,
    HostSpec host,
    int devices,
    OptionalInt count,
    Optional<List<LinkSpec>> links) {
  public NodeKind {
    links = links.map(List::copyOf);
    if (devices < 1) {
      throw new IllegalArgumentException("a node has at least 1 device, not " + devices);
    }
    if (count.isPresent() && count.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "there is at least 1 node of a kind, not " + count.getAsInt());
    }
  }
}
