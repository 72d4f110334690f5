package dev.weft.passes.simulate;

import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.workload.Section;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/** Prices the stages of a job; layers that are alike are priced once for each kind of node. */
final class StagePricing {
  private final Job job;
  private final List<Section> sections;

  /** By identity: a kind of node is a large record, and those of one cluster differ. */
  private final IdentityHashMap<NodeKind, List<SectionPrice>> layers = new IdentityHashMap<>();

  /**
   * The prices of a job.
   *
   * @param nodes the kinds of nodes that its devices lie on
   */
  StagePricing(Job job, DeviceGrid grid, List<NodeKind> nodes) {
    this.job = job;
    this.sections = job.workload().sections();
    for (var node : nodes) {
      var pricing = new SectionPricing(job, grid, node);
      layers.put(node, sections.stream().map(pricing::price).toList());
    }
  }

  /** One layer of a section. */
  SectionPrice layer(int section, NodeKind node) {
    return Objects.requireNonNull(layers.get(node)).get(section);
  }

  /**
   * A stage on the slowest of some kinds of nodes.
   *
   * @param counts how many layers of each section it has
   */
  StagePrice price(List<Integer> counts, List<NodeKind> nodes) {
    return nodes.stream()
        .map(node -> price(counts, node))
        .reduce(StagePrice::slower)
        .orElseThrow(() -> new IllegalArgumentException("a stage lies on no node"));
  }

  private StagePrice price(List<Integer> counts, NodeKind node) {
    var forward = host();
    var inputGradient = host();
    var weightGradient = Seconds.NONE;
    long saved = 0;
    long peak = 0;
    for (int i = 0; i < counts.size(); i++) {
      int count = counts.get(i);
      if (count > 0) {
        var price = layer(i, node);
        forward = forward.plus(price.forward().times(count));
        inputGradient = inputGradient.plus(price.inputGradient().times(count));
        weightGradient = weightGradient.plus(price.weightGradient().times(count));
        saved += price.savedBytes() * count;
        peak = Math.max(peak, price.peakBytes());
      }
    }
    return new StagePrice(forward, inputGradient, weightGradient, inputBytes(counts), saved, peak);
  }

  /** What the host spends on a micro-batch, once in the forward and once in the backward. */
  private Seconds host() {
    return Seconds.compute(0, 0, 0, job.software().microBatchSeconds() / 2);
  }

  private long inputBytes(List<Integer> counts) {
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) > 0) {
        return sections.get(i).inputBytes();
      }
    }
    return 0;
  }
}
