package dev.weft.passes.cluster;

/**
 * One level of a hierarchy of links: what joins the devices of a domain.
 *
 * <p>A collective whose devices send {@code b} bytes each over this level takes about
 *
 * <pre>startup + latency · hops + wire + fill / (1 + √(halfFill / wire)) where
 * wire = b / (bandwidth · efficiency)</pre>
 *
 * <p>where the last term is the time until the pipeline of chunks runs: small messages travel in
 * small chunks and fill it sooner, and chunks have a largest size, so that the term has a limit.
 *
 * @param name of the kind of link, e.g. {@code nvlink3}
 * @param devices how many devices a domain of this level has, those of inner levels included;
 *     {@link #UNBOUNDED} for the last level
 * @param topology how they are wired
 * @param bandwidth bytes/s out of one device in one direction, when all devices of a domain of the
 *     level below are sending
 * @param latency seconds for each hop of a message over this level
 * @param startup seconds that a collective over this level takes at least, spent once
 * @param fill seconds until the pipeline of a collective runs, for the largest messages
 * @param halfFill seconds on the wire of the message that takes half of {@code fill}
 * @param gap seconds between two messages of a port: a ring of so many steps fills no sooner than
 *     in as many gaps, since each step is a message
 * @param efficiency the part of {@code bandwidth} that the largest messages reach, 0 to 1
 * @param tree the part of that rate which trees reach, whose ports go up and down at once, 0 to 1
 * @param reduction the part of {@code bandwidth} at which the switch itself adds the operands of an
 *     all-reduce, each device sending its operand once; 0 where switches cannot add
 * @param scaleLoss which part of the time of a byte comes on top for each further domain of the
 *     level below that a ring passes; 0 in a fabric without contention
 */
public record LinkSpec(
    String name,
    int devices,
    Topology topology,
    double bandwidth,
    double latency,
    double startup,
    double fill,
    double halfFill,
    double gap,
    double efficiency,
    double tree,
    double reduction,
    double scaleLoss) {
  /** The size of the outermost domain. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public LinkSpec {
    if (devices < 1) throw new IllegalArgumentException(name + " joins " + devices + " devices");
    if (devices == UNBOUNDED && topology != Topology.SWITCH) {
      throw new IllegalArgumentException(name + " joins any number of devices, so by switches");
    }
    if (!(bandwidth > 0)) throw new IllegalArgumentException(name + ": bandwidth " + bandwidth);
    if (!(efficiency > 0 && efficiency <= 1)) {
      throw new IllegalArgumentException(name + ": efficiency " + efficiency);
    }
    if (!(tree > 0 && tree <= 1)) throw new IllegalArgumentException(name + ": tree " + tree);
    if (!(reduction >= 0 && reduction <= 1)) {
      throw new IllegalArgumentException(name + ": reduction " + reduction);
    }
    requireTime(name, "latency", latency);
    requireTime(name, "startup", startup);
    requireTime(name, "fill", fill);
    requireTime(name, "halfFill", halfFill);
    requireTime(name, "gap", gap);
    requireTime(name, "scaleLoss", scaleLoss);
  }

  private static void requireTime(String name, String part, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": " + part + " " + value);
    }
  }

  /** The same link as the level of a domain of another size. */
  public LinkSpec joining(int devices) {
    return with(devices, bandwidth, scaleLoss);
  }

  /** The same link with another rate for each device, as when devices share their ports. */
  public LinkSpec withBandwidth(double bandwidth) {
    return with(devices, bandwidth, scaleLoss);
  }

  /** The same link in a fabric that loses another part of its bandwidth with scale. */
  public LinkSpec withScaleLoss(double scaleLoss) {
    return with(devices, bandwidth, scaleLoss);
  }

  /** The same link where switches do not add. */
  public LinkSpec withoutReduction() {
    return with(devices, bandwidth, scaleLoss, 0);
  }

  private LinkSpec with(int devices, double bandwidth, double scaleLoss) {
    return with(devices, bandwidth, scaleLoss, reduction);
  }

  private LinkSpec with(int devices, double bandwidth, double scaleLoss, double reduction) {
    return new LinkSpec(
        name,
        devices,
        topology,
        bandwidth,
        latency,
        startup,
        fill,
        halfFill,
        gap,
        efficiency,
        tree,
        reduction,
        scaleLoss);
  }
}
