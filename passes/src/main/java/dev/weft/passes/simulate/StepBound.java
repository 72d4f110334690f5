package dev.weft.passes.simulate;

import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.cluster.NodeKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What no simulation of a job falls below: cheaper than the simulation, so that a search need not
 * simulate what cannot win. The plans that it is asked about differ from the job's in their
 * pipelines' stages and schedules alone.
 */
public final class StepBound {
  /** Sums in another order differ in their last digits. */
  private static final double ROUNDING = 1 - 1e-9;

  private final Job job;
  private final DeviceGrid grid;
  private final PlaceNodes nodes;
  private final StagePricing pricing;
  private final List<List<NodeKind>> alike;
  private final int[] groups;
  private final List<List<WeightTraffic>> traffic;
  private final Map<Kind, StagePrice> stages = new ConcurrentHashMap<>();
  private final Map<Weights, Double> sums = new ConcurrentHashMap<>();
  private final Map<Weights, Double> starts = new ConcurrentHashMap<>();

  /** Stages that are alike, on places of one group. */
  private record Kind(List<Integer> counts, int group) {}

  /** Weights that are alike, on places of one group. */
  private record Weights(long elements, int group) {}

  public StepBound(Job job) {
    this.job = job;
    this.grid = DeviceGrid.of(job.plan());
    this.nodes = new PlaceNodes(job.cluster(), grid);
    this.pricing = new StagePricing(job, grid);
    var all = nodes.all();
    var places =
        all.size() == 1
            ? Collections.nCopies(grid.places(), all)
            : IntStream.range(0, grid.places()).mapToObj(nodes::of).toList();
    this.alike = places.stream().distinct().toList();
    this.groups = places.stream().mapToInt(alike::indexOf).toArray();
    this.traffic =
        alike.stream()
            .map(on -> on.stream().map(node -> new WeightTraffic(job, grid, node)).toList())
            .toList();
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
      for (var node : nodes.all()) {
        least = Math.min(least, total(alone(i, node)) - host);
      }
      work += job.workload().sections().get(i).layers() * least;
    }
    double micro = host + work / grid.places();
    return ROUNDING * (job.plan().microBatches() * micro + job.software().stepSeconds());
  }

  /**
   * Seconds of a step of a plan.
   *
   * <p>Let {@code f} be the first stage of a place. The place cannot begin before its weights are
   * updated, nor before a micro-batch has passed through the stages before {@code f}, and works
   * without a pause at best. Its last input gradient comes after all of its forwards and input
   * gradients; then that micro-batch still has to go back through the stages before {@code f}, and
   * the first of them still has a weight gradient to make. Gradients are then summed as far as
   * nothing may hide that. Messages only add to this.
   */
  public double seconds(Plan plan) {
    var layers = StageLayers.of(job.workload(), plan);
    var weights = new PlaceWeights(job.workload().sections(), layers);
    int micro = plan.microBatches();
    var prices = prices(layers);
    double[] ends = new double[grid.places()];
    double[] begins = new double[grid.places()];
    for (int place = 0; place < grid.places(); place++) {
      long[] elements = weights.elements(layers.of(place));
      begins[place] = start(place, elements);
      ends[place] = unhidden(place, elements) + shared(place, layers, weights);
    }
    double[] arrivals = arrivals(layers, prices, begins);
    double back = 0;
    double most = 0;
    double weight = prices.getFirst().of(Phase.WEIGHT_GRADIENT).total();
    for (int stage = 0; stage < layers.stages(); stage++) {
      int place = layers.places()[stage];
      var own = layers.of(place);
      if (own.getFirst() == stage) {
        double busy = 0;
        double awaited = 0;
        for (int s : own) {
          busy += micro * total(prices.get(s));
          awaited += micro * (forward(prices.get(s)) + inputGradient(prices.get(s)));
        }
        most = Math.max(most, arrivals[stage] + busy + ends[place]);
        if (stage > 0) {
          double drained = arrivals[stage] + awaited + back + weight;
          most = Math.max(most, drained + ends[layers.places()[0]]);
        }
      }
      back += inputGradient(prices.get(stage));
    }
    return ROUNDING * (most + job.software().stepSeconds());
  }

  /** When the first micro-batch can begin each stage. */
  private static double[] arrivals(StageLayers layers, List<StagePrice> prices, double[] begins) {
    double[] arrivals = new double[layers.stages()];
    double clock = 0;
    for (int stage = 0; stage < layers.stages(); stage++) {
      clock = Math.max(clock, begins[layers.places()[stage]]);
      arrivals[stage] = clock;
      clock += forward(prices.get(stage));
    }
    return arrivals;
  }

  /** Of the update, and of the gathering that nothing hides. */
  private double start(int place, long[] elements) {
    double seen = 1 - job.software().weightOverlap();
    return starts.computeIfAbsent(
        new Weights(Arrays.stream(elements).sum(), groups[place]),
        all ->
            slowest(all.group(), t -> t.update(all.elements()))
                + seen * slowest(all.group(), t -> t.gathering(all.elements())));
  }

  private double unhidden(int place, long[] elements) {
    double all = 0;
    for (long count : elements) {
      all +=
          sums.computeIfAbsent(
              new Weights(count, groups[place]),
              own -> slowest(own.group(), t -> t.reduction(own.elements())));
    }
    return (1 - job.software().gradientOverlap()) * all;
  }

  private double shared(int place, StageLayers layers, PlaceWeights weights) {
    int[] places = layers.places();
    boolean isEnd = place == places[0] || place == places[places.length - 1];
    return isEnd ? slowest(groups[place], t -> t.shared(weights.shared())) : 0;
  }

  private double slowest(int group, ToDoubleFunction<WeightTraffic> seconds) {
    return traffic.get(group).stream().mapToDouble(seconds).max().orElse(0);
  }

  /** Bytes that sections outside of repeats need while they run, whatever is saved elsewhere. */
  public long outsideBytes() {
    long most = 0;
    for (int i = 0; i < sectionCount(); i++) {
      if (!job.workload().sections().get(i).isRepeat()) {
        most = Math.max(most, alone(i, nodes.all().getFirst()).peakBytes());
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
    return new MemoryPricing(job, grid).held(elements / grid.places());
  }

  /** Bytes of the fullest device of a plan, without room for weights that are gathered. */
  public long memoryBytes(Plan plan, Schedule schedule) {
    var layers = StageLayers.of(job.workload(), plan);
    var weights = new PlaceWeights(job.workload().sections(), layers);
    var prices = prices(layers);
    var memory = new MemoryPricing(job, grid);
    long most = 0;
    for (int place = 0; place < grid.places(); place++) {
      var own = layers.of(place);
      long[] elements = weights.elements(own);
      var walk = memory.walk(prices, schedule.rows().get(place), own, elements);
      most = Math.max(most, memory.of(walk, Arrays.stream(elements).sum(), 0).deviceBytes());
    }
    return most;
  }

  private List<StagePrice> prices(StageLayers layers) {
    return IntStream.range(0, layers.stages())
        .mapToObj(s -> price(layers.counts()[s], groups[layers.places()[s]]))
        .toList();
  }

  private StagePrice price(int[] counts, int group) {
    return stages.computeIfAbsent(
        new Kind(Arrays.stream(counts).boxed().toList(), group),
        _ -> price(counts, alike.get(group)));
  }

  /** Pricing remembers what it has priced, and not for several threads. */
  private synchronized StagePrice price(int[] counts, List<NodeKind> on) {
    return pricing.price(counts, on);
  }

  private StagePrice alone(int section, NodeKind node) {
    var counts = new int[sectionCount()];
    counts[section] = 1;
    return price(counts, List.of(node));
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
