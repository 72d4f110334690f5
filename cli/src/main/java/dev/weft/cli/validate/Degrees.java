package dev.weft.cli.validate;

import java.util.Optional;

/**
 * The degrees of a run whose row does not contradict itself.
 *
 * @param data replicas
 * @param micro micro-batches of each replica
 * @param microBatch sequences in each of them
 */
record Degrees(long devices, long tensor, long pipeline, long data, long micro, long microBatch) {
  /** A batch may be that much smaller than the micro-batches that hold it; see {@link #of}. */
  private static final double ROUNDING = 0.02;

  /**
   * The degrees; absent where their product is not the number of devices, or where the
   * micro-batches do not make up the batch. Absent replicas follow from the other degrees. Batches
   * that are not a multiple by a little are those of a last, incomplete micro-batch.
   */
  static Optional<Degrees> of(PublishedRun run) {
    var plan = run.plan();
    long devices = run.machine().devices().orElse(0);
    long tensor = plan.tensor().orElse(1);
    long pipeline = plan.pipeline().orElse(1);
    long group = tensor * pipeline * plan.context() * plan.ulysses();
    long data = plan.data().orElse(devices / Math.max(1, group));
    long batch = plan.globalBatch().orElse(0);
    long microBatch = plan.microBatch().orElse(0);
    if (devices < 1 || group * data != devices || microBatch < 1) {
      return Optional.empty();
    }
    long micro = (batch + data * microBatch - 1) / (data * microBatch);
    double padded = (double) (micro * data * microBatch - batch) / Math.max(1, batch);
    return micro < 1 || padded > ROUNDING
        ? Optional.empty()
        : Optional.of(new Degrees(devices, tensor, pipeline, data, micro, microBatch));
  }

  /** Sequences of one step. */
  long batch() {
    return micro * data * microBatch;
  }
}
