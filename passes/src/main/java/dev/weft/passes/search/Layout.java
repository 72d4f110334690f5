package dev.weft.passes.search;

import dev.weft.ir.plan.ExpertKnobs;
import dev.weft.ir.plan.Knobs;
import java.util.Comparator;

/**
 * How devices share a batch and its tensors.
 *
 * @param pp places along the pipeline
 * @param dp replicas
 * @param tp devices that share tensors
 * @param sp whether activations between their parts are cut along the sequence
 * @param experts how the experts of a mixture are spread
 * @param size examples of one micro-batch of one replica
 * @param microBatches of each replica
 */
record Layout(int pp, int dp, int tp, boolean sp, ExpertKnobs experts, long size, int microBatches)
    implements Comparable<Layout> {
  private static final Comparator<Layout> ORDER =
      Comparator.comparingInt(Layout::pp)
          .thenComparingInt(Layout::tp)
          .thenComparing(Layout::sp)
          .thenComparingInt(layout -> layout.experts.degree())
          .thenComparingInt(layout -> layout.experts.tensor())
          .thenComparingLong(Layout::size);

  @Override
  public int compareTo(Layout other) {
    return ORDER.compare(this, other);
  }

  Layout inOneMicroBatch() {
    return new Layout(pp, dp, tp, sp, experts, size * microBatches, 1);
  }

  /** Without pipeline, and all that is not said here. */
  Knobs knobs() {
    return new Knobs(dp, tp, sp, microBatches, 0).withExperts(experts);
  }
}
