package dev.weft.passes.simulate;

import dev.weft.passes.cluster.NodeKind;
import java.util.ArrayList;
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
  private final MemoryPricing memory;
  private final List<List<NodeKind>> alike;
  private final int[] groups;
  private final List<List<WeightTraffic>> traffic;
  private final Map<Kind, StageTimes> stages = new ConcurrentHashMap<>();
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
    this.memory = new MemoryPricing(job, grid);
    if (nodes.all().size() == 1) {
      this.alike = List.of(nodes.all());
      this.groups = new int[grid.places()];
    } else {
      var places = IntStream.range(0, grid.places()).mapToObj(nodes::of).toList();
      this.alike = places.stream().distinct().toList();
      this.groups = places.stream().mapToInt(alike::indexOf).toArray();
    }
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
        least = Math.min(least, alone(i, node).total() - host);
      }
      work += job.workload().sections().get(i).layers() * least;
    }
    double micro = host + work / grid.places();
    return ROUNDING * (job.plan().microBatches() * micro + job.software().stepSeconds());
  }

  /**
   * Seconds of a step with a cut into stages, under any schedule.
   *
   * <p>Let {@code f} be the first stage of a place. The place cannot begin before its weights are
   * updated, nor before a micro-batch has passed through the stages before {@code f}, and works
   * without a pause at best. Its last input gradient comes after all of its forwards and input
   * gradients; then that micro-batch still has to go back through the stages before {@code f}, and
   * the first of them still has a weight gradient to make. Gradients are then summed as far as
   * nothing may hide that. Messages only add to this.
   */
  public double seconds(StageCut cut) {
    var prices = prices(cut);
    int micro = job.plan().microBatches();
    double[] ends = new double[groups.length];
    double[] begins = new double[groups.length];
    for (int place = 0; place < groups.length; place++) {
      boolean isLikeLast = cut.isLikeLast(place) && groups[place] == groups[place - 1];
      begins[place] = isLikeLast ? begins[place - 1] : start(place, cut);
      ends[place] = isLikeLast ? ends[place - 1] : unhidden(place, cut);
    }
    int first = cut.place(0);
    int last = cut.place(cut.stages() - 1);
    if (first != last) {
      ends[first] += slowest(groups[first], t -> t.shared(cut.shared()));
      ends[last] += slowest(groups[last], t -> t.shared(cut.shared()));
    }
    double[] arrivals = arrivals(cut, prices, begins);
    double back = 0;
    double most = 0;
    double weight = prices[0].weightGradient();
    for (int stage = 0; stage < cut.stages(); stage++) {
      int place = cut.place(stage);
      int[] own = cut.own(place);
      if (own[0] == stage) {
        double busy = 0;
        double awaited = 0;
        for (int s : own) {
          busy += micro * prices[s].total();
          awaited += micro * (prices[s].forward() + prices[s].inputGradient());
        }
        most = Math.max(most, arrivals[stage] + busy + ends[place]);
        if (stage > 0) {
          double drained = arrivals[stage] + awaited + back + weight;
          most = Math.max(most, drained + ends[first]);
        }
      }
      back += prices[stage].inputGradient();
    }
    return ROUNDING * (most + job.software().stepSeconds());
  }

  /** When the first micro-batch can begin each stage. */
  private static double[] arrivals(StageCut cut, StageTimes[] prices, double[] begins) {
    double[] arrivals = new double[cut.stages()];
    double clock = 0;
    for (int stage = 0; stage < cut.stages(); stage++) {
      clock = Math.max(clock, begins[cut.place(stage)]);
      arrivals[stage] = clock;
      clock += prices[stage].forward();
    }
    return arrivals;
  }

  /** Of the update, and of the gathering that nothing hides. */
  private double start(int place, StageCut cut) {
    double seen = 1 - job.software().weightOverlap();
    return starts.computeIfAbsent(
        new Weights(cut.total(place), groups[place]),
        all ->
            slowest(all.group(), t -> t.update(all.elements()))
                + seen * slowest(all.group(), t -> t.gathering(all.elements())));
  }

  private double unhidden(int place, StageCut cut) {
    double all = 0;
    for (long count : cut.elements(place)) {
      all +=
          sums.computeIfAbsent(
              new Weights(count, groups[place]),
              own -> slowest(own.group(), t -> t.reduction(own.elements())));
    }
    return (1 - job.software().gradientOverlap()) * all;
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
    return memory.held(elements / grid.places());
  }

  /** Bytes of the fullest device, at the moments when a schedule keeps the most micro-batches. */
  public long memoryBytes(StageCut cut, Fullest fullest) {
    var prices = prices(cut);
    long most = 0;
    for (int place = 0; place < groups.length; place++) {
      long kept = 0;
      int[] own = cut.own(place);
      for (int i = 0; i < own.length; i++) {
        kept += fullest.kept(place)[i] * prices[own[i]].savedBytes();
      }
      long working = prices[fullest.stage(place)].workingBytes();
      most = Math.max(most, memory.least(cut, place, fullest.made(place), kept + working));
    }
    return most;
  }

  /** By stage. */
  private StageTimes[] prices(StageCut cut) {
    var kinds = new StageTimes[cut.kindCounts().size()][alike.size()];
    for (int kind = 0; kind < kinds.length; kind++) {
      for (int group = 0; group < alike.size(); group++) {
        kinds[kind][group] = price(cut.kindCounts().get(kind), group);
      }
    }
    var prices = new StageTimes[cut.stages()];
    for (int stage = 0; stage < prices.length; stage++) {
      prices[stage] = kinds[cut.kind(stage)][groups[cut.place(stage)]];
    }
    return prices;
  }

  private StageTimes price(List<Integer> counts, int group) {
    return stages.computeIfAbsent(
        new Kind(counts, group), kind -> price(kind.counts(), alike.get(kind.group())));
  }

  /** Pricing remembers what it has priced, and not for several threads. */
  private synchronized StageTimes price(List<Integer> counts, List<NodeKind> on) {
    return StageTimes.of(
        pricing.price(counts.stream().mapToInt(Integer::intValue).toArray(), on));
  }

  private StageTimes alone(int section, NodeKind node) {
    var counts = new ArrayList<>(Collections.nCopies(sectionCount(), 0));
    counts.set(section, 1);
    return price(counts, List.of(node));
  }

  private int sectionCount() {
    return job.workload().sections().size();
  }
}
