package dev.weft.passes.network;

import dev.weft.passes.cluster.LinkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The links of a cluster, innermost first, and how long communication takes over them.
 *
 * <p>A collective takes the faster of the algorithms that communication libraries have: rings
 * through all members; for all-reduces also chains inside of a domain, or addition by its switch,
 * and trees between domains. Each level is a pipeline of its own and all of them run at the same
 * time, so that the slowest level decides, while the latencies of the hops add.
 */
public final class Network {
  /** Steps within the innermost domain that one out of it takes as long as: see cost-model.md. */
  private static final int OUTER_STEP = 3;

  private final Level[] levels;

  /**
   * A network of links from the innermost to the outermost.
   *
   * @throws IllegalArgumentException where a domain is no larger than those inside of it
   */
  public Network(List<LinkSpec> links) {
    if (links.isEmpty()) throw new IllegalArgumentException("a network without links");
    List<Level> levels = new ArrayList<>();
    int inner = 1;
    for (LinkSpec link : links) {
      levels.add(new Level(link, inner));
      inner = link.devices();
    }
    this.levels = levels.toArray(Level[]::new);
  }

  /**
   * Seconds of a collective; 0 for a group of one.
   *
   * @param bytes of the largest tensor at one device: of an all-reduce and a broadcast the tensor,
   *     of an all-gather the result, of a reduce-scatter and an all-to-all the operand
   */
  public double seconds(CollectiveKind kind, long bytes, Group group) {
    if (group.size() == 1 || bytes == 0) return 0;
    double others = (double) bytes * (group.size() - 1) / group.size();
    return switch (kind) {
      case ALL_REDUCE -> Math.min(ring(2 * others, 2, group), tree(bytes, group));
      case ALL_GATHER, REDUCE_SCATTER -> ring(others, 1, group);
      case ALL_TO_ALL -> exchange(bytes, group);
      case BROADCAST -> ring(bytes, 1, group);
    };
  }

  /**
   * Seconds until a member of the group has a message from the member before it, for the slowest
   * such pair. Every device of the cluster sends at the same time.
   */
  public double transfer(long bytes, Group pair) {
    if (pair.size() == 1 || bytes == 0) return 0;
    double slowest = 0;
    for (Level level : levels) {
      if (!Reach.of(pair, level).isUsed()) continue;
      LinkSpec link = level.link();
      slowest = Math.max(slowest, link.startup() + link.latency() + bytes / level.pair());
    }
    return slowest;
  }

  /**
   * Steps from member to member of a ring, as many as there are further members; one out of each
   * innermost domain counts three times where there are several of these. None where one switch
   * that adds and multicasts joins all members.
   */
  public int steps(Group group) {
    Level innermost = levels[0];
    boolean isSwitched = innermost.link().reduction() > 0;
    int members = group.within(innermost.domain());
    if (isSwitched && members == group.size()) return 0;
    int domains = (group.size() + members - 1) / members;
    return domains == 1 ? group.size() - 1 : group.size() - 1 + (OUTER_STEP - 1) * domains;
  }

  /** Rings through all members; each member sends so many bytes and waits for so many rounds. */
  private double ring(double sent, int rounds, Group group) {
    int steps = rounds * (group.size() - 1);
    double startup = 0;
    double latency = 0;
    double slowest = 0;
    for (Level level : levels) {
      Reach reach = Reach.of(group, level);
      if (!reach.isUsed()) continue;
      startup = level.link().startup();
      latency += rounds * reach.hops() * level.link().latency();
      slowest = Math.max(slowest, level.pipelined(sent / level.ring(reach), steps));
    }
    return startup + latency + slowest;
  }

  /**
   * Up a tree and down again: chains inside of innermost domains or addition by their switch, and
   * binary trees between domains, one with its root in each of two nodes where switches add.
   */
  private double tree(double bytes, Group group) {
    double startup = 0;
    double latency = 0;
    double slowest = 0;
    boolean isAdded = false;
    for (Level level : levels) {
      Reach reach = Reach.of(group, level);
      if (!reach.isUsed()) continue;
      startup = level.link().startup();
      int hops = level.inner() == 1 ? reach.domains() - 1 : depth(reach.domains());
      latency += 2 * hops * level.link().latency();
      double sent = isAdded && reach.domains() == 2 ? bytes : 2 * bytes;
      double switched = bytes / level.reduction(reach, group);
      isAdded |= level.link().reduction() > 0;
      slowest = Math.max(slowest, level.pipelined(Math.min(sent / level.tree(reach), switched)));
    }
    return startup + latency + slowest;
  }

  /** The edges from the root of a binary tree to its deepest leaf. */
  private static int depth(int members) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(members - 1);
  }

  /** Each member sends to each other member at once, to those near and those far at one time. */
  private double exchange(long bytes, Group group) {
    return exchange(bytes, group, 1, 1);
  }

  /**
   * Seconds of an all-to-all of entries that occur several times, each of them sent once to each
   * innermost domain that has a receiver, and from there on.
   *
   * <p>Of {@code c} receivers in {@code d} domains, drawn at random, {@code d (1 - (1 - 1/d)^c)}
   * domains have one, so that this part of {@code c} is sent between domains; within a domain
   * everything is sent that its members are to have, wherever it came from.
   *
   * @param bytes of the operand at one device, with all occurrences
   * @param copies how often an entry occurs
   */
  public double dispatch(long bytes, Group group, double copies) {
    if (group.size() == 1 || bytes == 0) return 0;
    int members = group.within(levels[0].domain());
    int domains = group.size() / members;
    if (domains < 2) return exchange(bytes, group);
    double reached = domains * (1 - Math.pow(1 - 1.0 / domains, copies));
    return exchange(bytes, group, Math.min(1, reached / copies), domains);
  }

  /**
   * @param far the part of what goes to other innermost domains that is sent
   * @param near what is sent within the innermost domain, relative to what comes from it
   */
  private double exchange(long bytes, Group group, double far, double near) {
    double startup = 0;
    double latency = 0;
    double slowest = 0;
    double part = (double) bytes / group.size();
    for (Level level : levels) {
      Reach reach = Reach.of(group, level);
      if (!reach.isUsed()) continue;
      int receivers = reach.lanes() * (reach.domains() - 1);
      startup = level.link().startup();
      latency += receivers * level.link().latency();
      boolean isInnermost = level.inner() == 1;
      double wire = (isInnermost ? near : far) * receivers * part / level.exchange(reach);
      slowest = Math.max(slowest, isInnermost ? level.pipelined(wire) : wire);
    }
    return startup + latency + slowest;
  }
}
