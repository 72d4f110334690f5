package dev.weft.ir.plan;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What holds of the update of weights whichever the optimizer is.
 *
 * @param clipNorm the greatest norm of all gradients together; longer ones are shortened to it
 *     (Pascanu et al. 2013, algorithm 1)
 * @param undecayed the paths of the weights that do not decay, sorted
 * @param lossScale empty where gradients are those of the loss itself
 */
public record UpdateRules(
    OptionalDouble clipNorm, Set<String> undecayed, Optional<LossScale> lossScale) {
  public static final UpdateRules NONE =
      new UpdateRules(OptionalDouble.empty(), Set.of(), Optional.empty());

  public UpdateRules {
    undecayed = Collections.unmodifiableSet(new TreeSet<>(undecayed));
  }

  public UpdateRules withClipNorm(double norm) {
    return new UpdateRules(OptionalDouble.of(norm), undecayed, lossScale);
  }

  public UpdateRules withUndecayed(Set<String> paths) {
    return new UpdateRules(clipNorm, paths, lossScale);
  }

  public UpdateRules withLossScale(LossScale scale) {
    return new UpdateRules(clipNorm, undecayed, Optional.of(scale));
  }
}
