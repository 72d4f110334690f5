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
    return ports(reach) / loss(reach.spanned() - 1);
  }

  /** Bytes/s that trees of a group reach together; between two domains there is no fork. */
  double tree(Reach reach) {
    double forked = reach.domains() == 2 ? 1 : link.tree();
    return ports(reach) * forked / loss((reach.spanned() - 1) / 2.0);
  }

  /**
   * Bytes/s of the operands of a group that the switch adds; 0 where it cannot. A group that goes
   * on to other domains waits for them.
   */
  double reduction(Reach reach, Group group) {
    double coupled = group.within(domain()) == group.size() ? 1 : link.tree();
    return link.bandwidth() * link.reduction() * reach.lanes() * coupled;
  }

  /** Bytes/s out of one device that sends to all members at once. */
  double exchange(Reach reach) {
    double share = Wiring.exchange(link.topology(), reach.domains(), fan());
    return rate() * share / loss(reach.spanned() - 1);
  }

  /** Bytes/s from one device to one other. */
  double pair() {
    return rate() * Wiring.pair(link.topology(), fan());
  }

  /** Seconds of a pipeline of chunks that occupies the wire for so long. */
  double pipelined(double wire) {
    return wire + link.fill() / (1 + Math.sqrt(link.halfFill() / wire));
  }

  /** Seconds of a pipeline of chunks each of which takes so many steps, a message each. */
  double pipelined(double wire, int steps) {
    double fill = Math.max(link.fill(), link.gap() * steps);
    double halfFill = link.fill() == 0 ? 0 : link.halfFill() * fill / link.fill();
    return wire + fill / (1 + Math.sqrt(halfFill / wire));
  }

  private double ports(Reach reach) {
    return rate() * reach.lanes() * Wiring.ring(link.topology(), reach.domains(), fan());
  }

  private double rate() {
    return link.bandwidth() * link.efficiency();
  }

  private double loss(double further) {
    return 1 + link.scaleLoss() * further;
  }

  /** How many inner domains a domain has. */
  private int fan() {
    return (domain() + inner - 1) / inner;
  }
}
