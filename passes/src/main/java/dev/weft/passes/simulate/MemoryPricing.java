package dev.weft.passes.simulate;

import dev.weft.ir.plan.Offload;
import dev.weft.ir.schedule.Row;
import dev.weft.passes.cluster.ProductFormat;
import dev.weft.passes.cluster.SoftwareSpec;
import java.util.HashMap;
import java.util.Map;

/** The memory of the devices of a place, over the order of its work. */
final class MemoryPricing {
  /**
   * Weights, gradients and optimizer in two parts each, and fragmentation: what is rounded up by
   * less than a byte.
   */
  private static final int ROUNDED_TERMS = 7;

  private final Job job;
  private final SoftwareSpec software;
  private final ProductFormat products;

  /** Replicas that share the state of the optimizer, and those of them with the same experts. */
  private final long shares;

  private final long apartShares;

  MemoryPricing(Job job, DeviceGrid grid) {
    this.job = job;
    this.software = job.software();
    this.products = job.products();
    var over = job.plan().optimizerSharding().over();
    var free = job.plan().freeReplicas();
    this.shares = grid.mesh().size(over);
    this.apartShares = grid.mesh().size(over.stream().filter(free::contains).toList());
  }

  /**
   * The memory of a place.
   *
   * @param peak of what changes with its work
   * @param elements of its weights
   * @param layer elements of the weights of its largest layer
   */
  MemoryPrice of(MemoryPeak peak, WeightCount elements, long layer) {
    long weights = weightBytes(elements);
    long optimizer = optimizerBytes(elements);
    long working = peak.working() + buffers(layer);
    long lost = Math.round(software.fragmentation() * (peak.kept() + working));
    return new MemoryPrice(
        weights,
        peak.gradients(),
        optimizer,
        peak.kept(),
        working,
        software.reservedBytes(),
        lost,
        peak.made());
  }

  /**
   * Bytes that a place needs at least, where at some moment its activations and the running work
   * need so many together.
   *
   * <p>That moment need not be the peak. At the peak activations, work and gradients together are
   * no less, so that without gradients they are no less than what is left when all gradients are
   * taken away: of that an allocator loses its part.
   *
   * @param made the stages of the place whose gradients have been made
   */
  long least(StageCut cut, int place, boolean[] made, long active) {
    boolean isThere = software.accumulation() == SoftwareSpec.Accumulation.IN_PRODUCT;
    long gradients = 0;
    long all = 0;
    var elements = cut.elements(place);
    for (int i = 0; i < elements.size(); i++) {
      long bytes = gradientBytes(elements.get(i));
      all += bytes;
      gradients += isThere || made[i] ? bytes : 0;
    }
    long buffers = buffers(cut.largest(place));
    long certain = Math.max(0, active + gradients - all) + buffers;
    return weightBytes(cut.total(place))
        + optimizerBytes(cut.total(place))
        + gradients
        + active
        + buffers
        + Math.round(software.fragmentation() * certain)
        + software.reservedBytes();
  }

  /**
   * Bytes that are in use throughout, besides weights, gradients and what is kept: gathered weights
   * and the buffers of the software.
   *
   * @param layer elements of the weights of the largest layer
   */
  long buffers(long layer) {
    return gatheredBytes(layer) + software.bufferBytes();
  }

  /** Room for weights that come and go layer by layer, twice because the next one comes early. */
  private long gatheredBytes(long layer) {
    boolean isGathered = level() == 3 || onDevice(Offload.PARAMS) == 0;
    return isGathered ? 2 * layer * job.dtype().bytes() : 0;
  }

  /**
   * Bytes that the fullest of some places needs at least, under any cut into stages that have a
   * layer each and in any order of work: no less than the mean place does.
   *
   * @param elements of the weights of all places
   * @param kept what one micro-batch keeps on all places together
   * @param working what any layer needs at least while it runs
   * @param layer elements of the weights of the smallest layer
   */
  long least(int places, WeightCount elements, long kept, long working, long layer) {
    // In the forward of the last stage of a place it keeps a micro-batch of all of its stages.
    long active = kept / places + working;
    var mean = elements.dividedBy(places);
    long gradients = gradientBytes(mean);
    boolean isThere = software.accumulation() == SoftwareSpec.Accumulation.IN_PRODUCT;
    long buffers = buffers(layer);
    return weightBytes(mean)
        + optimizerBytes(mean)
        + (isThere ? gradients + active : Math.max(gradients, active))
        + buffers
        + Math.round(software.fragmentation() * buffers)
        + software.reservedBytes()
        - ROUNDED_TERMS;
  }

  private long weightBytes(WeightCount elements) {
    double each = products.weightBytes(job.dtype().bytes()) * software.weightCopies();
    return onDevice(Offload.PARAMS) * share(elements, each, 3);
  }

  private long gradientBytes(WeightCount elements) {
    return share(elements, software.gradientBytes(), 2);
  }

  private long optimizerBytes(WeightCount elements) {
    return onDevice(Offload.OPTIMIZER) * share(elements, job.stateBytes(), 1);
  }

  /**
   * What the work of a place keeps and makes. Gradients that products add up have their memory from
   * the beginning; others are there when the first micro-batch has made them.
   *
   * @param stages all of the job
   * @param row the order of the place's work
   */
  MemoryCursor cursor(StageTimes[] stages, Row row, StageCut cut, int place) {
    var gradients = new HashMap<Integer, Long>();
    long all = 0;
    for (int i = 0; i < cut.own(place).length; i++) {
      long bytes = gradientBytes(cut.elements(place).get(i));
      gradients.put(cut.own(place)[i], bytes);
      all += bytes;
    }
    return switch (software.accumulation()) {
      case IN_PRODUCT -> new MemoryCursor(stages, row, Map.of(), all);
      case BY_ADDITION -> new MemoryCursor(stages, row, gradients, 0);
    };
  }

  private int level() {
    return job.plan().optimizerSharding().level();
  }

  private int onDevice(Offload what) {
    return job.plan().offload().contains(what) ? 0 : 1;
  }

  /** The bytes in the share of each replica, from a level of optimizer sharding on. */
  private long share(WeightCount elements, double each, int from) {
    long common = Math.round(elements.common() * each);
    long apart = Math.round(elements.apart() * each);
    return level() >= from
        ? Math.ceilDiv(common, shares) + Math.ceilDiv(apart, apartShares)
        : common + apart;
  }
}
