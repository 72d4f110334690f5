package dev.weft.cli.validate;

import java.util.Collection;

/**
 * Verdicts on memory against what happened; positive means out of memory.
 *
 * @param tp runs that failed, as predicted
 * @param fp runs that did not fail and were predicted to
 * @param tn runs that did not fail, as predicted
 * @param fn runs that failed and were predicted to fit
 */
public record MemoryVerdicts(int tp, int fp, int tn, int fn) {
  /** Of all runs together. */
  public static MemoryVerdicts of(Collection<Judged> runs) {
    return new MemoryVerdicts(
        count(runs, true, false),
        count(runs, false, false),
        count(runs, false, true),
        count(runs, true, true));
  }

  private static int count(Collection<Judged> runs, boolean failed, boolean fits) {
    return (int)
        runs.stream()
            .filter(run -> run.isOutOfMemory() == failed && run.predicted().fits() == fits)
            .count();
  }

  /** How many there are. */
  public int rows() {
    return tp + fp + tn + fn;
  }

  /** The part of verdicts that are right; 1 of none. */
  public double accuracy() {
    return rows() == 0 ? 1 : (double) (tp + tn) / rows();
  }
}
