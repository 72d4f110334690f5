package dev.weft.passes.cluster;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Machines and what joins them. Devices are numbered node by node, in the order of the kinds, so
 * that a domain of any level of links is a run of consecutive numbers.
 *
 * @param name as people type it
 * @param description one line: whose machine, and where its numbers come from
 * @param nodes the kinds of nodes; more than one make a mixed cluster
 * @param links innermost level first; each level joins the domains of the one before it
 */
public record Cluster(String name, String description, List<NodeKind> nodes, List<LinkSpec> links) {
  public Cluster {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a cluster has at least one kind of nodes");
    }
    if (links.isEmpty()) {
      throw new IllegalArgumentException("a cluster has at least one level of links");
    }
    if (nodes.size() > 1 && nodes.stream().anyMatch(node -> node.count().isEmpty())) {
      throw new IllegalArgumentException("each kind of nodes of a mixed cluster has a \"count\"");
    }
  }

  /** Whether its devices differ. */
  public boolean isMixed() {
    return nodes.stream().map(NodeKind::device).distinct().count() > 1;
  }

  /** How many devices there are; empty where the number of nodes is open. */
  public OptionalInt devices() {
    if (nodes.stream().anyMatch(node -> node.count().isEmpty())) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        nodes.stream().mapToInt(n -> Math.multiplyExact(n.devices(), n.count().orElse(0))).sum());
  }

  /** The levels of links that devices of a kind of nodes have, innermost first. */
  public List<LinkSpec> links(NodeKind node) {
    return node.links()
        .map(
            own ->
                Stream.concat(
                        own.stream(),
                        links.stream().filter(link -> link.devices() > node.devices()))
                    .toList())
        .orElse(links);
  }

  /**
   * The nodes of a device.
   *
   * @param device its number, from 0
   */
  public NodeKind nodeOf(int device) {
    int first = 0;
    for (var node : nodes) {
      if (node.count().isEmpty() || device < first + node.devices() * node.count().getAsInt()) {
        return node;
      }
      first += node.devices() * node.count().getAsInt();
    }
    throw new IndexOutOfBoundsException(name + " has no device " + device);
  }
}
