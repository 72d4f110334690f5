package dev.weft.passes.schedule;

/**
 * The order in which a device with several chunks takes them. Micro-batches go in rounds of at
 * least as many as there are devices: a round passes through the first chunk, then through the
 * second, and so on (Narayanan et al. 2021, section 2.2.2). Where the rounds cannot be equal, the
 * first ones have one micro-batch more.
 */
record ChunkRounds(PipelineSize size) {
  /** For each forward of a device the stage whose next micro-batch it takes. */
  int[] forwards(int device) {
    return order(device, false);
  }

  /** For each backward of a device the stage whose next micro-batch it takes. */
  int[] backwards(int device) {
    return order(device, true);
  }

  /** How many forwards a device has, and how many backwards. */
  int length() {
    return size.chunks() * size.microBatches();
  }

  /** Micro-batches of the greatest round, which is the first. */
  int greatest() {
    return Math.ceilDiv(size.microBatches(), count());
  }

  /**
   * The moment of the last of the first forwards of a device, when no backward has been done.
   *
   * @param forwards at least one; those that there are, if it is more
   */
  Fullest after(int forwards, int device) {
    var kept = new int[size.chunks()];
    int left = Math.min(forwards, length());
    int last = 0;
    for (int round = 0; left > 0; round++) {
      for (int chunk = 0; chunk < size.chunks() && left > 0; chunk++) {
        int taken = Math.min(left, size(round));
        kept[chunk] += taken;
        left -= taken;
        last = chunk;
      }
    }
    return Fullest.beforeBackwards(last * size.devices() + device, kept);
  }

  private int count() {
    return Math.max(1, size.microBatches() / size.devices());
  }

  private int size(int round) {
    int more = size.microBatches() % count();
    return size.microBatches() / count() + (round < more ? 1 : 0);
  }

  private int[] order(int device, boolean fromLastChunk) {
    var order = new int[length()];
    int next = 0;
    for (int round = 0; round < count(); round++) {
      for (int turn = 0; turn < size.chunks(); turn++) {
        int chunk = fromLastChunk ? size.chunks() - 1 - turn : turn;
        for (int i = 0; i < size(round); i++) {
          order[next++] = chunk * size.devices() + device;
        }
      }
    }
    return order;
  }
}
