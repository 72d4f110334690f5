package dev.weft.passes.simulate;

import dev.weft.passes.schedule.Fullest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What no simulation of a job falls below: cheaper than the simulation, so that a search need not
 * simulate what cannot win. The plans that it is asked about differ from the job's in their
 * pipelines' stages and schedules alone.
 */
public final class StepBound {
  /** Sums in another order differ in their last digits. */
  private static final double ROUNDING = 1 - 1e-9;

  private final JobPrices prices;
  private final Job job;
  private final PlaceNodes nodes;
  private final int places;
  private final Map<Weights, Double> sums = new ConcurrentHashMap<>();
  private final Map<Weights, Double> starts = new ConcurrentHashMap<>();

  /** Weights that are alike, on places of one group. */
  private record Weights(WeightCount elements, int group) {}

  public StepBound(JobPrices prices) {
    this.prices = prices;
    this.job = prices.job();
    this.nodes = prices.nodes();
    this.places = prices.grid().places();
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
        least = Math.min(least, prices.layer(i, node).seconds());
      }
      work += job.workload().sections().get(i).layers() * least;
    }
    double micro = host + work / places;
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
    var stages = prices.stages(cut);
    double[] begins = new double[places];
    double[] ends = new double[places];
    for (int place = 0; place < places; place++) {
      boolean isLikeLast = cut.isLikeLast(place) && prices.group(place) == prices.group(place - 1);
      begins[place] = isLikeLast ? begins[place - 1] : start(place, cut);
      ends[place] = isLikeLast ? ends[place - 1] : unhidden(place, cut);
    }
    int first = cut.place(0);
    int last = cut.place(cut.stages() - 1);
    if (first != last) {
      ends[first] += prices.slowest(prices.group(first), t -> t.shared(cut.shared()));
      ends[last] += prices.slowest(prices.group(last), t -> t.shared(cut.shared()));
    }
    double most = 0;
    double clock = 0;
    double back = 0;
    for (int stage = 0; stage < cut.stages(); stage++) {
      int place = cut.place(stage);
      clock = Math.max(clock, begins[place]);
      if (cut.own(place)[0] == stage) {
        most = Math.max(most, clock + busy(cut, place, stages) + ends[place]);
        if (stage > 0) {
          double drained = clock + awaited(cut, place, stages, backwards) + back;
          most = Math.max(most, drained + rest(stages[0], backwards) + ends[first]);
        }
      }
      clock += forward(cut, stage, stages);
      back += awaitedBackward(stage, stages, backwards);
    }
    return ROUNDING * (most + job.software().stepSeconds());
  }

  /** All work of a place. */
  private double busy(StageCut cut, int place, StageTimes[] stages) {
    return awaited(cut, place, stages, Backwards.WHOLE);
  }

  /** The work of a place for which the stages before it wait. */
  private double awaited(StageCut cut, int place, StageTimes[] stages, Backwards backwards) {
    double seconds = 0;
    for (int stage : cut.own(place)) {
      seconds += forward(cut, stage, stages) + awaitedBackward(stage, stages, backwards);
    }
    return job.plan().microBatches() * seconds;
  }

  private double forward(StageCut cut, int stage, StageTimes[] stages) {
    double message = stage + 1 < cut.stages() ? job.software().messageSeconds() : 0;
    return stages[stage].forward() + message;
  }

  private double awaitedBackward(int stage, StageTimes[] stages, Backwards backwards) {
    double message = stage > 0 ? job.software().messageSeconds() : 0;
    var price = stages[stage];
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
        new Weights(cut.total(place), prices.group(place)),
        all ->
            prices.slowest(all.group(), t -> t.update(all.elements()))
                + seen * prices.slowest(all.group(), t -> t.gathering(all.elements())));
  }

  private double unhidden(int place, StageCut cut) {
    double all = 0;
    for (var count : cut.elements(place)) {
      all +=
          sums.computeIfAbsent(
              new Weights(count, prices.group(place)),
              own -> prices.slowest(own.group(), t -> t.reduction(own.elements())));
    }
    return (1 - job.software().gradientOverlap()) * all;
  }

  /** Bytes that sections outside of repeats need while they run, whatever is saved elsewhere. */
  public long outsideBytes() {
    long most = 0;
    for (int i = 0; i < sectionCount(); i++) {
      if (!job.workload().sections().get(i).isRepeat()) {
        most = Math.max(most, prices.layer(i, nodes.all().getFirst()).peakBytes());
      }
    }
    return most + job.software().reservedBytes();
  }

  /** Bytes of the fullest device under any schedule and any cut into stages with a layer each. */
  public long memoryBytes() {
    var elements = WeightCount.NONE;
    long kept = 0;
    long working = Long.MAX_VALUE;
    long layer = Long.MAX_VALUE;
    var seen = new HashSet<String>();
    var tied = job.plan().tiedReplicas();
    for (int i = 0; i < sectionCount(); i++) {
      var section = job.workload().sections().get(i);
      long own = 0;
      for (var weight : section.weights()) {
        own += weight.elements();
        if (seen.add(weight.name())) {
          elements = elements.plus(WeightCount.of(weight, tied).times(section.layers()));
        }
      }
      // Only what is kept on the kind of nodes that keeps least is certain.
      long saved = Long.MAX_VALUE;
      for (var node : nodes.all()) {
        var price = prices.layer(i, node);
        saved = Math.min(saved, price.savedBytes());
        working = section.isRepeat() ? Math.min(working, price.peakBytes()) : working;
      }
      kept += section.layers() * saved;
      layer = section.isRepeat() ? Math.min(layer, own) : layer;
    }
    return layer == Long.MAX_VALUE
        ? prices.memory().least(places, elements, kept, 0, 0)
        : prices.memory().least(places, elements, kept, working, layer);
  }

  /** Bytes of the fullest device, at the moments when a schedule keeps the most micro-batches. */
  public long memoryBytes(StageCut cut, List<Fullest> fullest) {
    var stages = prices.stages(cut);
    long most = 0;
    for (int place = 0; place < places; place++) {
      long kept = 0;
      var moment = fullest.get(place);
      int[] own = cut.own(place);
      for (int i = 0; i < own.length; i++) {
        kept += moment.kept()[i] * stages[own[i]].savedBytes();
      }
      long working = stages[moment.stage()].workingBytes();
      most = Math.max(most, prices.memory().least(cut, place, moment.made(), kept + working));
    }
    return most;
  }

  private int sectionCount() {
    return job.workload().sections().size();
  }
}
