package dev.weft.passes.knobs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An allocation within a time and within the places' memory: stage by stage, the fair share of each
 * stage first.
 *
 * <p>Where each place has one stage, {@link StageReach} knows which choices can be completed, and
 * where all layers are alike {@link #hasRoom} does: no choice is ever taken back. Layers of several
 * kinds in several stages of one place make the question NP-hard (a partition of numbers is one
 * such), so that the search gives up after {@value #MOST_STATES} states; the answer is exact below.
 */
final class FittingSearch {
  private static final int MOST_STATES = 20_000;

  private final AllocationProblem problem;
  private final double time;
  private final LayerSums sums;
  private final StageReach reach;
  private final LayerCost[] loads;
  private final int[] stagesLeft;
  private final Deque<Integer> chosen = new ArrayDeque<>();
  private final Set<State> hopeless = new HashSet<>();

  /** What decides whether the rest is possible. */
  private record State(int stage, int layer, List<LayerCost> loads) {}

  FittingSearch(AllocationProblem problem, double time) {
    this.problem = problem;
    this.time = time;
    sums = new LayerSums(problem.layers());
    reach = new StageReach(problem, sums, time);
    loads = problem.beside().toArray(LayerCost[]::new);
    stagesLeft = new int[loads.length];
    problem.places().forEach(place -> stagesLeft[place]++);
  }

  /** The number of layers of each stage; empty where there is none. */
  Optional<List<Integer>> find() {
    boolean possible = reach.reaches(0, 0) && hasRoom(0) && fits(0, 0);
    return possible ? Optional.of(List.copyOf(chosen)) : Optional.empty();
  }

  private boolean fits(int stage, int start) {
    if (stage == problem.places().size()) {
      return true;
    }
    var state = new State(stage, start, List.of(loads));
    if (hopeless.contains(state)) {
      return false;
    }
    int place = problem.places().get(stage);
    var has = loads[place];
    stagesLeft[place]--;
    for (int end : ends(stage, start)) {
      loads[place] = has.plus(sums.between(start, end));
      chosen.addLast(end - start);
      if (hasRoom(end) && fits(stage + 1, end)) {
        return true;
      }
      chosen.removeLast();
      if (hopeless.size() >= MOST_STATES) {
        return false;
      }
    }
    loads[place] = has;
    stagesLeft[place]++;
    hopeless.add(state);
    return false;
  }

  /** Where a stage may end, the end nearest to its fair share first. */
  private List<Integer> ends(int stage, int start) {
    int place = problem.places().get(stage);
    int last = reach.lastEnd(stage, start, loads[place]);
    var ends = new ArrayList<Integer>();
    for (int end = reach.next(stage + 1, start);
        end >= 0 && end <= last;
        end = reach.next(stage + 1, end)) {
      ends.add(end);
    }
    double share = share(place, start);
    ends.sort(
        Comparator.comparingDouble(end -> Math.abs(sums.between(start, end).flops() - share)));
    return ends;
  }

  /** The work that a stage would have if the places that have stages to come ended together. */
  private double share(int place, int start) {
    double work = sums.between(start, sums.count()).flops();
    double speed = 0;
    for (int other = 0; other < loads.length; other++) {
      if (stagesLeft[other] > 0 || other == place) {
        work += loads[other].flops();
        speed += problem.speeds().get(other);
      }
    }
    double own = work / speed * problem.speeds().get(place) - loads[place].flops();
    return own / (stagesLeft[place] + 1);
  }

  /** Whether the places with stages to come could have the remaining layers, by number alone. */
  private boolean hasRoom(int start) {
    int left = sums.count() - start;
    long room = 0;
    for (int place = 0; place < loads.length; place++) {
      if (stagesLeft[place] > 0) {
        int most = mostLayers(place, start, left);
        if (most < stagesLeft[place]) {
          return false;
        }
        room += most;
      }
    }
    return room >= left;
  }

  /** No fewer than the number of remaining layers that a place can have. */
  private int mostLayers(int place, int start, int left) {
    int fits = 0;
    int beyond = left + 1;
    while (beyond - fits > 1) {
      int middle = (fits + beyond) >>> 1;
      if (problem.fits(place, loads[place].plus(sums.atLeast(middle, start)), time)) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return fits;
  }
}
