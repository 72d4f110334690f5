package dev.weft.passes.network;

import dev.weft.passes.cluster.LinkSpec;

/**
 * A link as one level of a hierarchy.
 *
 * @param link what it is made of
 * @param inner the size of a domain of the level below, in devices; 1 at the innermost level
 */
record Level(LinkSpec link, int inner) {
  Level {
    if (link.devices() <= inner) {
      throw new IllegalArgumentException(
          link.name() + " joins " + link.devices() + " devices, the level below it " + inner);
    }
  }

  int domain() {
    return link.devices();
  }

  /** Bytes/s that rings of a group reach together. */
  double ring(Reach reach) {
    return rate(reach) * reach.lanes() * Wiring.ring(link.topology(), reach.domains(), fan());
  }

  /** Bytes/s out of one device that sends to all members at once. */
  double exchange(Reach reach) {
    return rate(reach) * Wiring.exchange(link.topology(), reach.domains(), fan());
  }

  /** Bytes/s from one device to one other. */
  double pair(Reach reach) {
    return rate(reach) * Wiring.pair(link.topology(), fan());
  }

  /** Bytes/s of a device's operand that the switch adds; 0 where it cannot. */
  double reduction(Reach reach) {
    return link.bandwidth() * link.reduction() * reach.lanes() / loss(reach);
  }

  /** Seconds of a pipeline whose chunks have the best size: (√fill + √wire)². */
  double pipelined(double wire) {
    return link.fill() + wire + 2 * Math.sqrt(link.fill() * wire);
  }

  private double rate(Reach reach) {
    return link.bandwidth() * link.efficiency() / loss(reach);
  }

  private double loss(Reach reach) {
    return 1 + link.scaleLoss() * (reach.spanned() - 1);
  }

  /** How many inner domains a domain has. */
  private int fan() {
    return (domain() + inner - 1) / inner;
  }
}
