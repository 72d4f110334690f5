package dev.weft.passes.simulate;

import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.network.Network;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What no simulation of a job falls below: cheaper than the simulation, so that a search need not
 * simulate what cannot win. All answers are lower bounds; those for a plan of the same mesh,
 * micro-batches, remat, optimizer sharding and offload as the job's are the closer ones.
 */
public final class StepBound {
  /** Sums in another order differ in their last digits. */
  private static final double ROUNDING = 1 - 1e-9;

  private final Job job;
  private final DeviceGrid grid;
  private final StagePricing pricing;
  private final List<NodeKind> nodes;

  public StepBound(Job job) {
    this.job = job;
    this.grid = DeviceGrid.of(job.plan());
    this.pricing = new StagePricing(job, grid, new Network(job.cluster().links()));
    this.nodes = IntStream.range(0, grid.places()).mapToObj(this::node).toList();
  }

  private NodeKind node(int place) {
    return job.cluster().nodeOf(place * (grid.devices() / grid.places()));
  }

  /**
   * Seconds of a step under any schedule and any cut into stages: the work of all micro-batches,
   * shared by all places evenly, since the slowest place is not faster than the average one.
   */
  public double seconds() {
    double host = job.software().microBatchSeconds();
    double work = 0;
    for (int i = 0; i < sectionCount(); i++) {
      double least = Double.POSITIVE_INFINITY;
      for (var node : nodes.stream().distinct().toList()) {
        least = Math.min(least, total(alone(i, node)) - host);
      }
      work += job.workload().sections().get(i).layers() * least;
    }
    double micro = host + work / grid.places();
    return ROUNDING * (job.plan().microBatches() * micro + job.software().stepSeconds());
  }

  /**
   * Seconds of a step of a plan with a pipeline.
   *
   * <p>Let {@code f} be the first stage of a place. The place cannot begin before one micro-batch
   * has passed through the stages before {@code f}, and works without a pause at best. Its last
   * input gradient comes after all of its forwards and input gradients; then that micro-batch still
   * has to go back through the stages before {@code f}, and the first of them still has a weight
   * gradient to make. Messages only add to this.
   */
  public double seconds(Plan plan) {
    var layers = StageLayers.of(job.workload(), plan);
    int micro = plan.microBatches();
    var prices = prices(layers);
    double[] busy = new double[grid.places()];
    double[] awaited = new double[grid.places()];
    int[] first = new int[grid.places()];
    java.util.Arrays.fill(first, -1);
    for (int stage = 0; stage < layers.stages(); stage++) {
      int place = layers.places()[stage];
      var price = prices.get(stage);
      first[place] = first[place] < 0 ? stage : first[place];
      busy[place] += micro * total(price);
      awaited[place] += micro * (forward(price) + inputGradient(price));
    }
    double most = 0;
    for (int place = 0; place < grid.places(); place++) {
      double before = 0;
      double after = 0;
      for (int stage = 0; stage < first[place]; stage++) {
        before += forward(prices.get(stage));
        after += inputGradient(prices.get(stage));
      }
      double last = first[place] > 0 ? prices.getFirst().of(Phase.WEIGHT_GRADIENT).total() : 0;
      double ownEnd = before + busy[place];
      double drained = before + awaited[place] + after + last;
      most = Math.max(most, Math.max(ownEnd, drained));
    }
    return ROUNDING * (most + job.software().stepSeconds());
  }

  /** Bytes that sections outside of repeats need while they run, whatever is saved elsewhere. */
  public long outsideBytes() {
    long most = 0;
    for (int i = 0; i < sectionCount(); i++) {
      if (!job.workload().sections().get(i).isRepeat()) {
        most = Math.max(most, alone(i, nodes.getFirst()).peakBytes());
      }
    }
    return most + job.software().reservedBytes();
  }

  /** Bytes of a device under any schedule and cut: its part of weights, gradients and optimizer. */
  public long memoryBytes() {
    long elements = 0;
    var seen = new HashSet<String>();
    for (var section : job.workload().sections()) {
      for (var weight : section.weights()) {
        elements += seen.add(weight.name()) ? weight.elements() * section.layers() : 0;
      }
    }
    var mean =
        new StagePrice(Seconds.NONE, Seconds.NONE, Seconds.NONE, 0, 0, 0, elements / grid.places());
    return new MemoryPricing(job, grid).of(List.of(mean), List.of(0), List.of(), 0).deviceBytes();
  }

  /** Bytes of the fullest device of a plan, without room for weights that are gathered. */
  public long memoryBytes(Plan plan, Schedule schedule) {
    var layers = StageLayers.of(job.workload(), plan);
    var prices = prices(layers);
    var memory = new MemoryPricing(job, grid);
    long most = 0;
    for (int place = 0; place < grid.places(); place++) {
      var row = schedule.rows().get(place);
      most = Math.max(most, memory.of(prices, layers.of(place), row, 0).deviceBytes());
    }
    return most;
  }

  private List<StagePrice> prices(StageLayers layers) {
    return IntStream.range(0, layers.stages())
        .mapToObj(s -> pricing.price(layers.counts()[s], nodes.get(layers.places()[s])))
        .toList();
  }

  private StagePrice alone(int section, NodeKind node) {
    var counts = new int[sectionCount()];
    counts[section] = 1;
    return pricing.price(counts, node);
  }

  private int sectionCount() {
    return job.workload().sections().size();
  }

  private static double total(StagePrice price) {
    return forward(price) + price.of(Phase.BACKWARD).total();
  }

  private static double forward(StagePrice price) {
    return price.of(Phase.FORWARD).total();
  }

  private static double inputGradient(StagePrice price) {
    return price.of(Phase.INPUT_GRADIENT).total();
  }
}
