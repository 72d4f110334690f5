package dev.weft.passes.simulate;

import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.workload.Section;
import java.util.IdentityHashMap;
import java.util.List;

/** Prices the stages of a job; layers that are alike are priced once for each kind of device. */
final class StagePricing {
  private final Job job;
  private final DeviceGrid grid;
  private final List<Section> sections;

  /** By identity: a kind of node is a large record, and those of one cluster differ. */
  private final IdentityHashMap<NodeKind, SectionPrice[]> known = new IdentityHashMap<>();

  StagePricing(Job job, DeviceGrid grid) {
    this.job = job;
    this.grid = grid;
    this.sections = job.workload().sections();
  }

  /**
   * A stage on the slowest of some kinds of nodes.
   *
   * @param counts how many layers of each section it has
   */
  StagePrice price(int[] counts, List<NodeKind> nodes) {
    return nodes.stream()
        .map(node -> price(counts, node))
        .reduce(StagePrice::slower)
        .orElseThrow(() -> new IllegalArgumentException("a stage lies on no node"));
  }

  private StagePrice price(int[] counts, NodeKind node) {
    var prices = known.computeIfAbsent(node, this::sections);
    var forward = host();
    var inputGradient = host();
    var weightGradient = Seconds.NONE;
    long saved = 0;
    long peak = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        continue;
      }
      var price = prices[i];
      forward = forward.plus(price.forward().times(counts[i]));
      inputGradient = inputGradient.plus(price.inputGradient().times(counts[i]));
      weightGradient = weightGradient.plus(price.weightGradient().times(counts[i]));
      saved += price.savedBytes() * counts[i];
      peak = Math.max(peak, price.peakBytes());
    }
    return new StagePrice(forward, inputGradient, weightGradient, inputBytes(counts), saved, peak);
  }

  private SectionPrice[] sections(NodeKind node) {
    var pricing = new SectionPricing(job, grid, node);
    return sections.stream().map(pricing::price).toArray(SectionPrice[]::new);
  }

  /** What the host spends on a micro-batch, once in the forward and once in the backward. */
  private Seconds host() {
    return Seconds.compute(0, 0, 0, job.software().microBatchSeconds() / 2);
  }

  private long inputBytes(int[] counts) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        return sections.get(i).inputBytes();
      }
    }
    return 0;
  }
}
