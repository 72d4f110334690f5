package dev.weft.passes.simulate;

import dev.weft.ir.plan.Plan;
import dev.weft.passes.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How a pipeline cuts a model and its weights. Plans with one pipeline and one tensor parallelism
 * share it, whatever the size of their micro-batches and whatever saves their memory, so that a
 * search makes it once for all of them.
 */
public final class StageCut {
  private final int[] places;
  private final int[] kinds;
  private final List<List<Integer>> kindCounts;
  private final int[][] own;
  private final List<List<WeightCount>> elements = new ArrayList<>();
  private final List<WeightCount> totals;
  private final long[] largest;
  private final long shared;

  private StageCut(StageLayers layers, PlaceWeights weights) {
    this.places = layers.places();
    var known = new LinkedHashMap<List<Integer>, Integer>();
    this.kinds =
        Arrays.stream(layers.counts())
            .map(counts -> Arrays.stream(counts).boxed().toList())
            .mapToInt(counts -> known.computeIfAbsent(counts, _ -> known.size()))
            .toArray();
    this.kindCounts = List.copyOf(known.keySet());
    int count = 1 + Arrays.stream(places).max().orElse(0);
    var stages = new ArrayList<List<Integer>>();
    for (int place = 0; place < count; place++) {
      stages.add(new ArrayList<>());
    }
    for (int stage = 0; stage < places.length; stage++) {
      stages.get(places[stage]).add(stage);
    }
    this.own = new int[count][];
    this.largest = new long[count];
    for (int place = 0; place < count; place++) {
      var of = stages.get(place);
      own[place] = of.stream().mapToInt(Integer::intValue).toArray();
      elements.add(weights.elements(of));
      largest[place] = weights.largest(of);
    }
    this.totals = elements.stream().map(WeightCount::sum).toList();
    this.shared = weights.shared();
  }

  /**
   * The cut of a plan; of the workload only the layers of its sections and their weights matter.
   */
  public static StageCut of(Workload workload, Plan plan) {
    var layers = StageLayers.of(workload, plan);
    return new StageCut(layers, new PlaceWeights(workload.sections(), layers, plan.tiedReplicas()));
  }

  int stages() {
    return places.length;
  }

  /** The place of a stage. */
  int place(int stage) {
    return places[stage];
  }

  /** Stages with one number have as many layers of each section. */
  int kind(int stage) {
    return kinds[stage];
  }

  /** How many layers a stage has; what lies between repeats counts as one. */
  int size(int stage) {
    return Math.max(1, kindCounts.get(kinds[stage]).stream().mapToInt(Integer::intValue).sum());
  }

  /** How many layers of each section the stages of each kind have. */
  List<List<Integer>> kindCounts() {
    return kindCounts;
  }

  /** The stages of a place, in the order of the model. */
  int[] own(int place) {
    return own[place];
  }

  /** The elements of the weights of each stage of a place, on one device. */
  List<WeightCount> elements(int place) {
    return elements.get(place);
  }

  /** The elements of all weights of a place, on one device. */
  WeightCount total(int place) {
    return totals.get(place);
  }

  /** The elements of the largest layer of a place. */
  long largest(int place) {
    return largest[place];
  }

  /** Elements that the first and the last place both have; 0 where they are one place. */
  long shared() {
    return shared;
  }

  /** Whether a place has as many elements, stage by stage, as the place before it. */
  boolean isLikeLast(int place) {
    return place > 0 && elements.get(place).equals(elements.get(place - 1));
  }
}
