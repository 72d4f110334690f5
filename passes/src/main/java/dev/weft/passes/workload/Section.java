package dev.weft.passes.workload;

import java.util.List;

/**
 * A stretch of a model along its depth: the layers of one repeat, or what stands between two
 * repeats. Loads and bytes are those of one layer and one micro-batch.
 *
 * @param label of the repeat; empty between repeats
 * @param layers how often it runs; 1 between repeats
 * @param forward what the forward does
 * @param inputGradient the part of the backward for which earlier layers wait, with all that is
 *     computed again
 * @param weightGradient the part of the backward for which nobody waits
 * @param weights those that it uses
 * @param inputBytes what enters from the section or the layer before
 * @param savedBytes what the forward keeps for the backward
 * @param operandBytes of {@code savedBytes}, what matrix products alone read
 * @param forwardPeakBytes the most that the forward needs at once besides what it keeps
 * @param backwardPeakBytes the most that the backward needs at once besides what was kept
 */
public record Section(
    String label,
    int layers,
    Load forward,
    Load inputGradient,
    Load weightGradient,
    List<WeightLoad> weights,
    long inputBytes,
    long savedBytes,
    long operandBytes,
    long forwardPeakBytes,
    long backwardPeakBytes) {
  public Section {
    weights = List.copyOf(weights);
  }

  /** Whether this is a repeat, which a pipeline may cut between its layers. */
  public boolean isRepeat() {
    return !label.isEmpty();
  }
}
