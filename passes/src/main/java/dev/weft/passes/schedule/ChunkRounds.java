package dev.weft.passes.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which a device with several chunks takes them. Micro-batches go in rounds of at
 * least as many as there are devices: a round passes through the first chunk, then through the
 * second, and so on (Narayanan et al. 2021, section 2.2.2). Where the rounds cannot be equal, the
 * first ones have one micro-batch more.
 */
record ChunkRounds(PipelineSize size) {
  /** For each forward of a device the stage whose next micro-batch it takes. */
  List<Integer> forwards(int device) {
    return order(device, false);
  }

  /** For each backward of a device the stage whose next micro-batch it takes. */
  List<Integer> backwards(int device) {
    return order(device, true);
  }

  /** Micro-batches of the greatest round, which is the first. */
  int greatest() {
    return Math.ceilDiv(size.microBatches(), count());
  }

  private int count() {
    return Math.max(1, size.microBatches() / size.devices());
  }

  private List<Integer> order(int device, boolean fromLastChunk) {
    var order = new ArrayList<Integer>();
    int each = size.microBatches() / count();
    int more = size.microBatches() % count();
    for (int round = 0; round < count(); round++) {
      for (int turn = 0; turn < size.chunks(); turn++) {
        int chunk = fromLastChunk ? size.chunks() - 1 - turn : turn;
        for (int i = 0; i < each + (round < more ? 1 : 0); i++) {
          order.add(chunk * size.devices() + device);
        }
      }
    }
    return order;
  }
}
