package dev.weft.passes.workload;

import dev.weft.ir.graph.Module;
import dev.weft.ir.mesh.Mesh;
import java.util.HashSet;
import java.util.List;

/**
 * What one device of a tensor-parallel group does for one micro-batch of one replica.
 *
 * <pre>{@code
 * Workload load = Workload.of(gradsOfOneMicroBatch);
 * load.sections(); // embedding, layers, head
 * }</pre>
 *
 * @param sections along the depth of the model: what stands before the first repeat, the first
 *     repeat, what stands between it and the second, and so on
 * @param modelFlops floating-point operations that the model itself asks for in forward and
 *     backward, on all devices of the group together, without what is computed again
 */
public record Workload(List<Section> sections, double modelFlops) {
  public Workload {
    sections = List.copyOf(sections);
  }

  /**
   * The workload of a lowered program of gradients.
   *
   * @param grads the function {@code grads} of a micro-batch of one replica, lowered, before a
   *     training step is made of it
   */
  public static Workload of(Module grads) {
    var function = grads.only();
    var sections = new SectionCut(function).sections();
    return new Workload(sections, ModelFlops.of(function) * grads.mesh().devices());
  }

  /** Weights that all devices of the group hold together, in elements; shared ones once. */
  public long weightElements(Mesh mesh) {
    var seen = new HashSet<String>();
    long sum = 0;
    for (var section : sections) {
      for (var weight : section.weights()) {
        if (seen.add(weight.name())) {
          sum += weight.elements() * section.layers() * mesh.size(weight.cut());
        }
      }
    }
    return sum;
  }

  /** The layers of all repeats. */
  public int layers() {
    return sections.stream().filter(Section::isRepeat).mapToInt(Section::layers).sum();
  }
}
