package dev.weft.passes.schedule;

/**
 * The numbers from which a schedule is made.
 *
 * @param devices along the pipeline
 * @param chunks stages of each device
 * @param microBatches that pass through
 */
record PipelineSize(int devices, int chunks, int microBatches) {
  PipelineSize {
    if (devices < 1 || chunks < 1 || microBatches < 1) {
      throw new IllegalArgumentException(
          devices + " devices, " + chunks + " chunks, " + microBatches + " micro-batches");
    }
  }

  int stages() {
    return Math.multiplyExact(devices, chunks);
  }
}
