package dev.weft.passes.simulate;

import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.schedule.Fullest;
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
   * Seconds of a step with a cut into stages, under any schedule that does a backward in one piece
   * or may split it.
   *
   * <p>Let {@code f} be the first stage of a place. The place cannot begin before its weights are
   * updated, nor before a micro-batch has passed through the stages before {@code f}, and works
   * without a pause at best. Where backwards are whole, its last piece of work is a backward of
   * {@code f}, since any other of its work is followed by one; that micro-batch still has to go
   * back through the stages before {@code f}. Where they are split, its last input gradient comes
   * after all of its forwards and input gradients, and goes the same way in input gradients; then
   * the first stage still has a weight gradient to make. Gradients are summed as far as nothing may
   * hide that. The way of a message only adds to this.
   */
  public double seconds(StageCut cut, Backwards backwards) {
    var prices = prices(cut);
    double[] begins = new double[groups.length];
    double[] ends = new double[groups.length];
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
    double most = 0;
    double clock = 0;
    double back = 0;
    for (int stage = 0; stage < cut.stages(); stage++) {
      int place = cut.place(stage);
      clock = Math.max(clock, begins[place]);
      if (cut.own(place)[0] == stage) {
        most = Math.max(most, clock + busy(cut, place, prices) + ends[place]);
        if (stage > 0) {
          double drained = clock + awaited(cut, place, prices, backwards) + back;
          most = Math.max(most, drained + rest(prices[0], backwards) + ends[first]);
        }
      }
      clock += forward(cut, stage, prices);
      back += awaitedBackward(stage, prices, backwards);
    }
    return ROUNDING * (most + job.software().stepSeconds());
  }

  /** All work of a place. */
  private double busy(StageCut cut, int place, StageTimes[] prices) {
    return awaited(cut, place, prices, Backwards.WHOLE);
  }

  /** The work of a place for which the stages before it wait. */
  private double awaited(StageCut cut, int place, StageTimes[] prices, Backwards backwards) {
    double seconds = 0;
    for (int stage : cut.own(place)) {
      seconds += forward(cut, stage, prices) + awaitedBackward(stage, prices, backwards);
    }
    return job.plan().microBatches() * seconds;
  }

  private double forward(StageCut cut, int stage, StageTimes[] prices) {
    double message = stage + 1 < cut.stages() ? job.software().messageSeconds() : 0;
    return prices[stage].forward() + message;
  }

  private double awaitedBackward(int stage, StageTimes[] prices, Backwards backwards) {
    double message = stage > 0 ? job.software().messageSeconds() : 0;
    var price = prices[stage];
    return message
        + switch (backwards) {
          case WHOLE -> price.inputGradient() + price.weightGradient();
          case SPLIT -> price.inputGradient();
        };
  }

  /** What the first stage does after its last input gradient. */
  private static double rest(StageTimes stage, Backwards backwards) {
    return switch (backwards) {
      case WHOLE -> 0;
      case SPLIT -> stage.weightGradient();
    };
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

  /** Bytes of the fullest device under any schedule and any cut into stages with a layer each. */
  public long memoryBytes() {
    long elements = 0;
    long kept = 0;
    long working = Long.MAX_VALUE;
    long layer = Long.MAX_VALUE;
    var seen = new HashSet<String>();
    for (int i = 0; i < sectionCount(); i++) {
      var section = job.workload().sections().get(i);
      long own = 0;
      for (var weight : section.weights()) {
        own += weight.elements();
        elements += seen.add(weight.name()) ? weight.elements() * section.layers() : 0;
      }
      // Only what is kept on the kind of nodes that keeps least is certain.
      long saved = Long.MAX_VALUE;
      for (var node : nodes.all()) {
        var price = alone(i, node);
        saved = Math.min(saved, price.savedBytes());
        working = section.isRepeat() ? Math.min(working, price.peakBytes()) : working;
      }
      kept += section.layers() * saved;
      layer = section.isRepeat() ? Math.min(layer, own) : layer;
    }
    return layer == Long.MAX_VALUE
        ? memory.least(grid.places(), elements, kept, 0, 0)
        : memory.least(grid.places(), elements, kept, working, layer);
  }

  /** Bytes of the fullest device, at the moments when a schedule keeps the most micro-batches. */
  public long memoryBytes(StageCut cut, List<Fullest> fullest) {
    var prices = prices(cut);
    long most = 0;
    for (int place = 0; place < groups.length; place++) {
      long kept = 0;
      var moment = fullest.get(place);
      int[] own = cut.own(place);
      for (int i = 0; i < own.length; i++) {
        kept += moment.kept()[i] * prices[own[i]].savedBytes();
      }
      long working = prices[moment.stage()].workingBytes();
      most = Math.max(most, memory.least(cut, place, moment.made(), kept + working));
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
    return StageTimes.of(pricing.price(counts.stream().mapToInt(Integer::intValue).toArray(), on));
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
