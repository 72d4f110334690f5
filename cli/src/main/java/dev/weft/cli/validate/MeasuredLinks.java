package dev.weft.cli.validate;

import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.LinkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a run measured of its own network before it began, as bus bandwidths: {@code measured busbw
 * GB/s over all ranks AR/AG/RS=13.2/6.5/6.5, intra-node 425/242/242}.
 *
 * @param allReduce bytes/s over all devices
 * @param nodeAllGather bytes/s within a node
 */
record MeasuredLinks(double allReduce, double nodeAllGather) {
  private static final String NUMBER = "([\\d.]+)";
  private static final Pattern WORDS =
      Pattern.compile(
          "measured busbw GB/s over all ranks AR/AG/RS=%1$s/%1$s/%1$s, intra-node %1$s/%1$s/%1$s"
              .formatted(NUMBER));
  private static final double GIGA = 1e9;

  /** Below this part of its bandwidth a link within a node is taken as broken. */
  private static final double BROKEN = 0.4;

  /**
   * Below this bus bandwidth of all-gathers no switch multicasts, and so none adds, within a node
   * of eight H100 (NVLink SHARP): jobs measure 257 and more, or 246 and less.
   */
  private static final double SWITCH_MULTICASTS = 253e9;

  /** What a row's notes say; absent where they say nothing. */
  static Optional<MeasuredLinks> of(String notes) {
    var found = WORDS.matcher(notes);
    return found.find()
        ? Optional.of(
            new MeasuredLinks(
                GIGA * Double.parseDouble(found.group(1)),
                GIGA * Double.parseDouble(found.group(5))))
        : Optional.empty();
  }

  /** Whether the switches of nodes were adding. */
  boolean isReducedBySwitch() {
    return nodeAllGather >= SWITCH_MULTICASTS;
  }

  /**
   * A cluster whose fabric between nodes loses as much with scale as was measured.
   *
   * @param devices of the run
   */
  Cluster applied(Cluster cluster, long devices) {
    var links = new ArrayList<LinkSpec>(cluster.links());
    var node = links.getFirst();
    if (nodeAllGather < BROKEN * node.bandwidth()) {
      links.set(0, node.withBandwidth(nodeAllGather / node.efficiency()));
    }
    if (!isReducedBySwitch()) {
      links.set(0, links.getFirst().withoutReduction());
    }
    int each = cluster.nodes().getFirst().devices();
    double nodes = (double) devices / each;
    if (nodes > 1) {
      var fabric = links.removeLast();
      double whole = fabric.bandwidth() * fabric.efficiency() * each;
      links.add(fabric.withScaleLoss(Math.max(0, (whole / allReduce - 1) / (nodes - 1))));
    }
    return new Cluster(cluster.name(), cluster.description(), cluster.nodes(), List.copyOf(links));
  }
}
