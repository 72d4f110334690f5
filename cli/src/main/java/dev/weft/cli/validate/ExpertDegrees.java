package dev.weft.cli.validate;

import java.util.List;
import java.util.Optional;

/**
 * How the experts of a run lie on its devices.
 *
 * @param devices among which they are spread
 * @param cut whether tensor parallelism cuts each of them, or each lies whole on its device
 */
record ExpertDegrees(long devices, Cut cut) {
  /** What becomes of one expert. */
  enum Cut {
    BY_TENSOR,
    WHOLE
  }

  /**
   * The degrees; absent where they fit neither way. Where nothing is said of the cut it is by the
   * tensor-parallel group, as is Megatron-Core's default, unless only whole experts can be spread
   * among so many devices.
   */
  static Optional<ExpertDegrees> of(RunPlan plan, Degrees degrees) {
    return plan.expertTensor().isPresent()
        ? stated(plan, degrees)
        : cut(plan, degrees).or(() -> whole(plan, degrees));
  }

  private static Optional<ExpertDegrees> stated(RunPlan plan, Degrees degrees) {
    long cut = plan.expertTensor().orElseThrow();
    if (cut == degrees.tensor()) {
      return cut(plan, degrees);
    }
    return cut == 1 ? whole(plan, degrees) : Optional.empty();
  }

  /** Spread among replicas. */
  private static Optional<ExpertDegrees> cut(RunPlan plan, Degrees degrees) {
    return degrees.data() % plan.experts() == 0
        ? Optional.of(new ExpertDegrees(plan.experts(), Cut.BY_TENSOR))
        : Optional.empty();
  }

  /** Spread among the devices of a tensor-parallel group first, then among replicas. */
  private static Optional<ExpertDegrees> whole(RunPlan plan, Degrees degrees) {
    long replicas = plan.experts() / degrees.tensor();
    return plan.experts() % degrees.tensor() == 0 && degrees.data() % replicas == 0
        ? Optional.of(new ExpertDegrees(plan.experts(), Cut.WHOLE))
        : Optional.empty();
  }

  /**
   * Whether the devices of a pipeline stage could hold such a grid at all (Liu et al. 2025, "MoE
   * Parallel Folding", section 3: the axes of experts and of attention need not coincide).
   */
  static boolean isConsistent(RunPlan plan, Degrees degrees) {
    long stage = degrees.devices() / degrees.pipeline();
    return stage % (plan.experts() * plan.expertTensor().orElse(1)) == 0;
  }

  /** As {@code --plan} takes them. */
  List<String> knobs() {
    if (devices == 1) {
      return List.of();
    }
    var spread = "ep=" + devices;
    return cut == Cut.WHOLE ? List.of(spread, "etp=1") : List.of(spread);
  }
}
