package dev.weft.passes.simulate;

import dev.weft.ir.plan.Plan;
import dev.weft.passes.cluster.NodeKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the stages and the weights of a job take, whatever its pipeline is cut into and in whatever
 * order it works. Places on nodes of the same kinds are alike and form a group.
 */
public final class JobPrices {
  private final Job job;
  private final DeviceGrid grid;
  private final PlaceNodes nodes;
  private final MemoryPricing memory;
  private final List<List<NodeKind>> alike;
  private final int[] groups;
  private final List<List<WeightTraffic>> traffic;
  private final Map<StageTraffic, Stages> known;
  private final Stages own;

  /** Stages that are alike, on places of one group. */
  private record Kind(List<Integer> counts, int group) {}

  /** The prices of the stages of all jobs whose stages have the same traffic. */
  private record Stages(StagePricing pricing, Map<Kind, StageTimes> times) {}

  public JobPrices(Job job) {
    this.job = job;
    this.grid = DeviceGrid.of(job.plan());
    this.nodes = new PlaceNodes(job.cluster(), grid);
    if (nodes.all().size() == 1) {
      this.alike = List.of(nodes.all());
      this.groups = new int[grid.places()];
    } else {
      var places = IntStream.range(0, grid.places()).mapToObj(nodes::of).toList();
      this.alike = places.stream().distinct().toList();
      this.groups = places.stream().mapToInt(alike::indexOf).toArray();
    }
    this.memory = new MemoryPricing(job, grid);
    this.traffic = traffic();
    this.known = new ConcurrentHashMap<>();
    this.own = stages();
  }

  private JobPrices(Job job, JobPrices other) {
    this.job = job;
    this.grid = other.grid;
    this.nodes = other.nodes;
    this.alike = other.alike;
    this.groups = other.groups;
    this.memory = new MemoryPricing(job, grid);
    this.traffic = traffic();
    this.known = other.known;
    this.own = stages();
  }

  /**
   * The prices of the job under another plan, which may differ in the level of optimizer sharding
   * and in what lies on the host; what that does not change is shared.
   */
  public JobPrices under(Plan plan) {
    return new JobPrices(
        new Job(job.workload(), plan, job.cluster(), job.software(), job.dtype(), job.tokens()),
        this);
  }

  private List<List<WeightTraffic>> traffic() {
    return alike.stream()
        .map(on -> on.stream().map(node -> new WeightTraffic(job, grid, node)).toList())
        .toList();
  }

  private Stages stages() {
    return known.computeIfAbsent(
        StageTraffic.of(job.plan()),
        _ -> new Stages(new StagePricing(job, grid, nodes.all()), new ConcurrentHashMap<>()));
  }

  Job job() {
    return job;
  }

  DeviceGrid grid() {
    return grid;
  }

  /** On which nodes the devices lie. */
  PlaceNodes nodes() {
    return nodes;
  }

  MemoryPricing memory() {
    return memory;
  }

  /** The group of a place. */
  int group(int place) {
    return groups[place];
  }

  /** By stage; those that are alike have the same price. */
  StageTimes[] stages(StageCut cut) {
    var kinds = new StageTimes[cut.kindCounts().size()][alike.size()];
    for (int kind = 0; kind < kinds.length; kind++) {
      for (int group = 0; group < alike.size(); group++) {
        kinds[kind][group] = stage(cut.kindCounts().get(kind), group);
      }
    }
    var prices = new StageTimes[cut.stages()];
    for (int stage = 0; stage < prices.length; stage++) {
      prices[stage] = kinds[cut.kind(stage)][groups[cut.place(stage)]];
    }
    return prices;
  }

  private StageTimes stage(List<Integer> counts, int group) {
    return own.times.computeIfAbsent(
        new Kind(counts, group),
        kind -> StageTimes.of(own.pricing.price(kind.counts(), alike.get(kind.group()))));
  }

  /** One layer of a section. */
  SectionPrice layer(int section, NodeKind node) {
    return own.pricing.layer(section, node);
  }

  /** Seconds of the slowest kind of node of a group. */
  double slowest(int group, ToDoubleFunction<WeightTraffic> seconds) {
    double most = 0;
    for (var own : traffic.get(group)) {
      most = Math.max(most, seconds.applyAsDouble(own));
    }
    return most;
  }

  /** The kind of node of a group whose devices have the least memory. */
  NodeKind smallest(int group) {
    return alike.get(group).stream()
        .min(Comparator.comparingLong(node -> node.device().memoryBytes()))
        .orElseThrow();
  }
}
