package dev.weft.ir.plan;

/**
 * How the experts of a mixture are spread.
 *
 * @param degree devices among which the experts of a layer lie; 1 where each device has all of them
 * @param tensor devices that share the tensors of one expert: as many as those of the rest of the
 *     model, or 1
 */
public record ExpertKnobs(int degree, int tensor) {
  public ExpertKnobs {
    if (degree < 1 || tensor < 1) {
      throw new IllegalArgumentException("ep=" + degree + ", etp=" + tensor);
    }
  }

  /** Experts lie as the rest of the model does. */
  public static ExpertKnobs none(int tp) {
    return new ExpertKnobs(1, tp);
  }

  public boolean areSpread() {
    return degree > 1;
  }

  /** Replicas among which the experts lie: those devices that share no tensors. */
  public int replicas(int tp) {
    return Math.max(1, tensor == tp ? degree : degree / tp);
  }
}
