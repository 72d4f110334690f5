package dev.weft.passes.simulate;

import dev.weft.passes.cluster.SoftwareSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The reduction of a place's gradients over replicas. Each stage is reduced in as many pieces as it
 * has layers; as much of each piece as the software can overlap runs as soon as the last backward
 * has made it, one piece after the other, and the rest after all work (Li et al. 2020, "PyTorch
 * Distributed", section 3.2.3).
 *
 * @param seconds that the device sees, beyond the end of its work
 * @param pieces that run behind work, in order
 */
record StepEnd(double seconds, List<Piece> pieces) {
  StepEnd {
    pieces = List.copyOf(pieces);
  }

  /** Traffic of a stage from one time to another. */
  record Piece(int stage, double start, double end) {}

  /**
   * The gradients of one stage.
   *
   * @param from when its last backward begins
   * @param to when that ends
   * @param seconds of their reduction
   */
  record Gradients(int stage, int layers, double from, double to, double seconds) {}

  /**
   * The end of a place's step.
   *
   * @param stages in the order in which their last backwards run
   * @param end of all work
   */
  static StepEnd of(List<Gradients> stages, double end, SoftwareSpec software) {
    double overlap = software.gradientOverlap();
    double stream = 0;
    double all = 0;
    var pieces = new ArrayList<Piece>();
    for (var stage : stages) {
      double each = overlap * stage.seconds() / stage.layers();
      double first = -1;
      for (int layer = 1; layer <= stage.layers(); layer++) {
        double made = stage.from() + (stage.to() - stage.from()) * layer / stage.layers();
        stream = Math.max(stream, made);
        first = first < 0 ? stream : first;
        stream += each;
      }
      all += stage.seconds();
      pieces.add(new Piece(stage.stage(), first, stream));
    }
    double late = Math.max(0, stream - end);
    double hidden = Math.max(0, overlap * all - late);
    return new StepEnd(
        (1 - overlap) * all + late + hidden * software.overlapSlowdown(),
        overlap > 0 ? pieces : List.of());
  }
}
