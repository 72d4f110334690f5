package dev.weft.passes.simulate;

import dev.weft.passes.workload.Section;
import dev.weft.passes.workload.WeightLoad;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The weights of the stages of a place, in elements on one device; what they share counts once. */
final class PlaceWeights {
  private final List<Section> sections;
  private final StageLayers layers;
  private final List<String> tied;

  /**
   * The weights of a cut.
   *
   * @param tied the mesh axes of replicas that work together
   */
  PlaceWeights(List<Section> sections, StageLayers layers, List<String> tied) {
    this.sections = sections;
    this.layers = layers;
    this.tied = tied;
  }

  /** The elements of each stage of a place that no stage of it before has. */
  List<WeightCount> elements(List<Integer> stages) {
    Set<String> seen = new HashSet<>();
    return stages.stream().map(stage -> elements(stage, seen)).toList();
  }

  private WeightCount elements(int stage, Set<String> seen) {
    var sum = WeightCount.NONE;
    for (int i = 0; i < sections.size(); i++) {
      int count = layers.counts()[stage][i];
      for (var weight : sections.get(i).weights()) {
        boolean isNew = count > 0 && (sections.get(i).isRepeat() || seen.add(weight.name()));
        sum = isNew ? sum.plus(WeightCount.of(weight, tied).times(count)) : sum;
      }
    }
    return sum;
  }

  /** The elements of the largest layer of some stages. */
  long largest(List<Integer> stages) {
    long most = 0;
    for (int stage : stages) {
      for (int i = 0; i < sections.size(); i++) {
        most = layers.counts()[stage][i] > 0 ? Math.max(most, elements(sections.get(i))) : most;
      }
    }
    return most;
  }

  /** Those that the first and the last stage both use, where these lie on different places. */
  long shared() {
    int[] places = layers.places();
    if (places[0] == places[places.length - 1]) {
      return 0;
    }
    var first = new HashSet<String>();
    sections.getFirst().weights().forEach(w -> first.add(w.name()));
    return sections.getLast().weights().stream()
        .filter(w -> first.contains(w.name()))
        .mapToLong(WeightLoad::elements)
        .sum();
  }

  private static long elements(Section section) {
    return section.weights().stream().mapToLong(WeightLoad::elements).sum();
  }
}
