package dev.weft.passes.simulate;

import static dev.weft.passes.cluster.SoftwareSpec.Dispatch.EACH_DOMAIN;
import static dev.weft.passes.cluster.SoftwareSpec.GroupedProducts.ONE_KERNEL;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.Prefetch;
import dev.weft.ir.plan.RematPlan;
import dev.weft.passes.cluster.HostSpec;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.cluster.ProductFormat;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.SoftwareSpec.Accumulation;
import dev.weft.passes.cluster.SoftwareSpec.AttentionStyle;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.network.Group;
import dev.weft.passes.network.Network;
import dev.weft.passes.price.AttentionKernel;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Kernel;
import dev.weft.passes.price.KernelTimes;
import dev.weft.passes.price.Stream;
import dev.weft.passes.workload.Exchange;
import dev.weft.passes.workload.Load;
import dev.weft.passes.workload.Section;
import dev.weft.passes.workload.WeightLoad;
import java.util.List;

/** Prices one layer of each section of a job on one kind of device. */
final class SectionPricing {
  private final Job job;
  private final SoftwareSpec software;
  private final DeviceGrid grid;
  private final Network network;
  private final KernelTimes times;
  private final HostSpec host;
  private final double fusedSpeed;
  private final ProductFormat products;

  SectionPricing(Job job, DeviceGrid grid, NodeKind node) {
    this.job = job;
    this.software = job.software();
    this.grid = grid;
    this.network = new Network(job.cluster().links(node));
    this.times = new KernelTimes(node.device());
    this.host = node.host();
    this.products = job.products();
    this.fusedSpeed = software.fusedAttention().speed(node.device().attention());
  }

  SectionPrice price(Section section) {
    var forward = seconds(section, section.forward(), false);
    var inputGradient = seconds(section, section.inputGradient(), false);
    var weightGradient = seconds(section, section.weightGradient(), true);
    if (recomputesScores()) {
      inputGradient = inputGradient.plus(scores(section));
    }
    weightGradient = weightGradient.plus(addition(section));
    var backward = inputGradient.plus(weightGradient);
    return new SectionPrice(
        forward.withTraffic(gather(section, forward), 0, forwardCopies(section, forward)),
        inputGradient.withTraffic(
            gather(section, backward),
            reduction(section, backward),
            backwardCopies(section, backward)),
        weightGradient,
        savedBytes(section),
        peakBytes(section));
  }

  private Seconds seconds(Section section, Load load, boolean accumulates) {
    double traffic = section.isRepeat() ? software.streamTraffic() : software.lossTraffic();
    var format = section.isRepeat() ? products : ProductFormat.TRAINING;
    double products = 0;
    double attention = 0;
    double streams = 0;
    long launches = 0;
    for (var kernel : load.kernels()) {
      switch (kernel) {
        case Gemm gemm -> {
          var product = product(gemm.in(format), accumulates);
          products += times.seconds(product);
          launches += product.kernels();
        }
        case AttentionKernel fused -> {
          attention += attention(fused);
          launches++;
        }
        case Stream stream -> {
          streams += times.seconds(scaled(stream, traffic));
          launches++;
        }
      }
    }
    products /= software.sustainedSpeed();
    double busy = products + attention + streams;
    double tensor = tensor(load.exchanges(), busy);
    launches += load.exchanges().size();
    double host = launches * software.launchSeconds() + hops(load.exchanges());
    double waiting = Math.max(0, host - busy - tensor);
    return Seconds.compute(products, attention, streams, waiting).withTensor(tensor);
  }

  private Gemm product(Gemm gemm, boolean accumulates) {
    var started = software.groupedProducts() == ONE_KERNEL ? gemm.together() : gemm;
    return accumulates && software.accumulation() == Accumulation.IN_PRODUCT
        ? started.accumulating(software.gradientBytes())
        : started;
  }

  private double attention(AttentionKernel fused) {
    return switch (software.attention()) {
      case FUSED -> times.seconds(fused) / (fusedSpeed * software.sustainedSpeed());
      case WRITTEN_OUT -> {
        double sum = 0;
        for (Kernel part : WrittenOut.kernels(fused, software.dropout())) {
          sum +=
              switch (part) {
                case Stream stream -> times.seconds(scaled(stream, software.scoreTraffic()));
                case Gemm gemm -> times.seconds(gemm) / software.sustainedSpeed();
                case AttentionKernel _ ->
                    throw new IllegalStateException("fused within written-out");
              };
        }
        yield sum;
      }
    };
  }

  private static Stream scaled(Stream stream, double traffic) {
    return new Stream(Math.round(stream.bytes() * traffic), stream.flops());
  }

  private double tensor(List<Exchange> exchanges, double busy) {
    double sum = 0;
    double behind = 0;
    for (var exchange : exchanges) {
      boolean isExchange = exchange.kind() == CollectiveKind.ALL_TO_ALL;
      double seconds = seconds(exchange);
      sum += seconds;
      behind += seconds * (isExchange ? software.exchangeOverlap() : software.tensorOverlap());
    }
    double hidden = Math.min(behind, busy);
    return sum - hidden + hidden * software.overlapSlowdown();
  }

  private double seconds(Exchange exchange) {
    var group = grid.group(exchange.over());
    boolean isOnce = exchange.copies() > 1 && software.dispatch() == EACH_DOMAIN;
    return isOnce
        ? network.dispatch(exchange.bytes(), group, exchange.copies())
        : network.seconds(exchange.kind(), exchange.bytes(), group);
  }

  /** What collectives take of those who drive them, whatever is sent. */
  private double hops(List<Exchange> exchanges) {
    int hops = 0;
    for (var exchange : exchanges) {
      hops += network.steps(grid.group(exchange.over()));
    }
    return hops * software.hopSeconds();
  }

  /** Written-out attention whose scores are not kept: they are made again. */
  private boolean recomputesScores() {
    return software.attention() == AttentionStyle.WRITTEN_OUT
        && job.plan().remat() instanceof RematPlan.Selective;
  }

  private Seconds scores(Section section) {
    var attention =
        section.forward().kernels().stream().filter(k -> k instanceof AttentionKernel).toList();
    return seconds(section, new Load(attention, List.of()), false);
  }

  /** The gradient of a micro-batch is read, and what has been added up is read and written. */
  private Seconds addition(Section section) {
    if (software.accumulation() == Accumulation.IN_PRODUCT || job.plan().microBatches() == 1) {
      return Seconds.NONE;
    }
    long each = job.dtype().bytes() + 2L * software.gradientBytes();
    double seconds = times.seconds(new Stream(elements(section) * each, elements(section)));
    return Seconds.compute(0, 0, seconds, 0);
  }

  private static long elements(Section section) {
    return section.weights().stream().mapToLong(WeightLoad::elements).sum();
  }

  private double forwardCopies(Section section, Seconds work) {
    double copies =
        Math.max(
            copied(Offload.PARAMS, weightBytes(section)),
            copied(Offload.ACTIVATIONS, keptBytes(section)));
    return exposed(copies, prefetch(), work.compute());
  }

  private double backwardCopies(Section section, Seconds work) {
    double copies =
        copied(Offload.PARAMS, weightBytes(section))
            + copied(Offload.ACTIVATIONS, keptBytes(section));
    return exposed(copies, prefetch(), work.compute());
  }

  /** Of sharded weights, which forward and backward gather anew. */
  private double gather(Section section, Seconds work) {
    if (level() < 3) {
      return 0;
    }
    double seconds = seconds(CollectiveKind.ALL_GATHER, section, job.dtype().bytes());
    return exposed(seconds, software.weightOverlap(), work.compute());
  }

  /** Of the gradients of a micro-batch where each device keeps only its share of them. */
  private double reduction(Section section, Seconds work) {
    if (level() < 2) {
      return 0;
    }
    double seconds = seconds(CollectiveKind.REDUCE_SCATTER, section, software.reducedBytes());
    return exposed(seconds, software.gradientOverlap(), work.compute());
  }

  /** One collective for each weight, among the replicas that have the same part of it. */
  private double seconds(CollectiveKind kind, Section section, int bytesOfEach) {
    double seconds = 0;
    for (var weight : section.weights()) {
      seconds += seconds(kind, weight.elements() * bytesOfEach, replicas(weight));
    }
    return seconds;
  }

  /** A collective of sharded weights, whose steps take some time even where nothing is sent. */
  private double seconds(CollectiveKind kind, long bytes, Group group) {
    double hops = network.steps(group) * software.hopSeconds();
    return Math.max(hops, network.seconds(kind, bytes, group));
  }

  /** The replicas among which the shares of a weight lie: those that have the same part of it. */
  private Group replicas(WeightLoad weight) {
    return grid.group(
        job.plan().optimizerSharding().over().stream()
            .filter(axis -> !weight.cut().contains(axis))
            .toList());
  }

  private int level() {
    return job.plan().optimizerSharding().level();
  }

  private long weightBytes(Section section) {
    return elements(section) * job.dtype().bytes();
  }

  private double copied(Offload what, long bytes) {
    boolean isMoved = job.plan().offload().contains(what) && bytes > 0;
    return isMoved ? host.linkLatency() + bytes / host.linkBandwidth() : 0;
  }

  private double prefetch() {
    return job.plan().prefetch() == Prefetch.ON ? 1 : 0;
  }

  /**
   * What of some traffic is seen, when a part of it may run behind work and slows the work down.
   */
  private double exposed(double traffic, double overlap, double work) {
    double hidden = Math.min(traffic * overlap, work);
    return traffic - hidden + hidden * software.overlapSlowdown();
  }

  /** What the program keeps, operands of products in their format. */
  private long keptBytes(Section section) {
    double narrowed = products.bytes(job.dtype().bytes()) / job.dtype().bytes();
    return section.savedBytes() - Math.round(section.operandBytes() * (1 - narrowed));
  }

  private long savedBytes(Section section) {
    long saved = keptBytes(section);
    if (!section.isRepeat()) {
      return saved;
    }
    if (software.dropout() && !(job.plan().remat() instanceof RematPlan.Full)) {
      // A byte for each element of the two residual branches of a layer.
      saved += 2 * section.inputBytes() / job.dtype().bytes();
    }
    if (software.attention() == AttentionStyle.WRITTEN_OUT
        && job.plan().remat() instanceof RematPlan.None) {
      saved += scoreBytes(section);
    }
    return job.plan().offload().contains(Offload.ACTIVATIONS) ? 0 : saved;
  }

  private long scoreBytes(Section section) {
    return section.forward().kernels().stream()
        .filter(k -> k instanceof AttentionKernel)
        .mapToLong(k -> WrittenOut.savedBytes((AttentionKernel) k, software.dropout()))
        .sum();
  }

  private long peakBytes(Section section) {
    long peak = Math.max(section.forwardPeakBytes(), section.backwardPeakBytes());
    if (section.isRepeat()) {
      boolean keepsScores =
          software.attention() == AttentionStyle.WRITTEN_OUT
              && !(job.plan().remat() instanceof RematPlan.None);
      return keepsScores ? peak + scoreBytes(section) : peak;
    }
    return peak * Math.max(software.logitBytes(), job.dtype().bytes()) / job.dtype().bytes();
  }
}
