package dev.weft.passes.simulate;

import dev.weft.passes.workload.WeightLoad;
import java.util.Collection;
import java.util.List;

/**
 * Elements of weights on one device.
 *
 * @param common of those that all replicas have alike
 * @param apart of those of which replicas that work together have different parts, such as experts
 */
record WeightCount(long common, long apart) {
  static final WeightCount NONE = new WeightCount(0, 0);

  /**
   * Of one layer.
   *
   * @param tied the mesh axes of replicas that work together
   */
  static WeightCount of(WeightLoad weight, Collection<String> tied) {
    boolean isApart = weight.cut().stream().anyMatch(tied::contains);
    return isApart ? new WeightCount(0, weight.elements()) : new WeightCount(weight.elements(), 0);
  }

  static WeightCount sum(List<WeightCount> counts) {
    return counts.stream().reduce(NONE, WeightCount::plus);
  }

  WeightCount plus(WeightCount other) {
    return new WeightCount(common + other.common, apart + other.apart);
  }

  WeightCount times(int layers) {
    return new WeightCount(common * layers, apart * layers);
  }

  /** As much as each of some places has in the mean, rounded down. */
  WeightCount dividedBy(int places) {
    return new WeightCount(common / places, apart / places);
  }

  long all() {
    return common + apart;
  }
}
