package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.network.Network;
import dev.weft.passes.workload.Section;
import dev.weft.passes.workload.WeightLoad;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Simulates a training step: one device of each place along the pipeline stands for all others of
 * its place, so that the number of replicas costs nothing.
 *
 * <pre>{@code
 * StepPrice price = Simulation.of(job, schedule);
 * }</pre>
 */
public final class Simulation {
  private final Job job;
  private final DeviceGrid grid;
  private final Network network;
  private final StageLayers layers;
  private final List<StagePrice> stages = new ArrayList<>();

  private Simulation(Job job) {
    this.job = job;
    this.grid = DeviceGrid.of(job.plan());
    this.network = new Network(job.cluster().links());
    this.layers = StageLayers.of(job.workload(), job.plan());
    var pricing = new StagePricing(job, grid, network);
    for (int stage = 0; stage < layers.stages(); stage++) {
      stages.add(pricing.price(layers.counts()[stage], node(layers.places()[stage])));
    }
  }

  /**
   * The price of a step.
   *
   * @param schedule of the plan's pipeline, where it has one
   */
  public static StepPrice of(Job job, Optional<Schedule> schedule) {
    var simulation = new Simulation(job);
    return schedule.map(simulation::pipelined).orElseGet(simulation::serial);
  }

  /** Devices of a place are numbered in a row; the first stands for them. */
  private NodeKind node(int place) {
    return job.cluster().nodeOf(place * (grid.devices() / grid.places()));
  }

  private StepPrice serial() {
    var stage = stages.getFirst();
    int micro = job.plan().microBatches();
    double seconds = micro * (stage.of(Phase.FORWARD).total() + stage.of(Phase.BACKWARD).total());
    var row = List.of(new Action(0, Phase.FORWARD, 0), new Action(0, Phase.BACKWARD, 0));
    return step(List.of(seconds), List.of(row));
  }

  private StepPrice pipelined(Schedule schedule) {
    double transfer =
        network.transfer(
            stages.stream().mapToLong(StagePrice::inputBytes).max().orElse(0), grid.neighbours());
    double seen = transfer * (1 - job.software().transferOverlap());
    var seconds = new double[stages.size()][];
    for (int stage = 0; stage < stages.size(); stage++) {
      seconds[stage] = durations(stage, seen);
    }
    var timeline =
        Timeline.of(schedule, new Timeline.Durations(seconds, transfer - seen), layers.places());
    var ends = new ArrayList<Double>();
    for (int place = 0; place < schedule.devices(); place++) {
      ends.add(timeline.end(place));
    }
    return step(ends, schedule.rows());
  }

  /** A message that is waited for takes the time of the one who sends it and of no one else. */
  private double[] durations(int stage, double transfer) {
    var seconds = new double[Phase.values().length];
    boolean isFirst = stage == 0;
    boolean isLast = stage == stages.size() - 1;
    for (var phase : Phase.values()) {
      boolean sends =
          switch (phase) {
            case FORWARD -> !isLast;
            case BACKWARD, INPUT_GRADIENT -> !isFirst;
            case WEIGHT_GRADIENT -> false;
          };
      seconds[phase.ordinal()] = stages.get(stage).of(phase).total() + (sends ? transfer : 0);
    }
    return seconds;
  }

  private StepPrice step(List<Double> ends, List<List<Action>> rows) {
    var end = new StepEnd(job, grid, network);
    var places = new ArrayList<PlacePrice>();
    double last = 0;
    for (int place = 0; place < rows.size(); place++) {
      long elements = elements(place);
      double backward = seconds(place, Phase.BACKWARD).compute();
      double gradients = end.gradients(elements, backward);
      double forward = seconds(place, Phase.FORWARD).compute();
      var price =
          new PlacePrice(
              work(place),
              0,
              gradients,
              end.update(elements, node(place)),
              end.gathering(elements, forward),
              new MemoryPricing(job, grid)
                  .of(stages, layers.of(place), rows.get(place), layerBytes(place)));
      places.add(price);
      last = Math.max(last, ends.get(place) + gradients);
    }
    double after = places.stream().mapToDouble(p -> p.optimizer() + p.gathering()).max().orElse(0);
    double step = last + after + end.shared(sharedElements()) + job.software().stepSeconds();
    return new StepPrice(
        step,
        places.stream().map(p -> waiting(p, step)).toList(),
        grid.devices(),
        job.tokens(),
        flops(job.workload().modelFlops()),
        flops(new HardwareFlops(job).ofMicroBatch() * grid.tensorDevices()),
        peakFlops(),
        capacity());
  }

  private Seconds seconds(int place, Phase phase) {
    return layers.of(place).stream()
        .map(s -> stages.get(s).of(phase))
        .reduce(Seconds.NONE, Seconds::plus);
  }

  private Seconds work(int place) {
    return seconds(place, Phase.FORWARD)
        .plus(seconds(place, Phase.BACKWARD))
        .times(job.plan().microBatches());
  }

  private static PlacePrice waiting(PlacePrice price, double step) {
    double known = price.work().total() + price.gradients() + price.optimizer() + price.gathering();
    return new PlacePrice(
        price.work(),
        Math.max(0, step - known),
        price.gradients(),
        price.optimizer(),
        price.gathering(),
        price.memory());
  }

  private long elements(int place) {
    var seen = new HashSet<String>();
    long sum = 0;
    for (int stage : layers.of(place)) {
      for (int i = 0; i < job.workload().sections().size(); i++) {
        int count = layers.counts()[stage][i];
        for (var weight : job.workload().sections().get(i).weights()) {
          boolean isNew = count > 0 && (isRepeat(i) || seen.add(weight.name()));
          sum += isNew ? weight.elements() * count : 0;
        }
      }
    }
    return sum;
  }

  private boolean isRepeat(int section) {
    return job.workload().sections().get(section).isRepeat();
  }

  /** Weights that the first and the last stage both use, where these lie on different places. */
  private long sharedElements() {
    var sections = job.workload().sections();
    int[] places = layers.places();
    if (places[0] == places[places.length - 1]) {
      return 0;
    }
    var first = new HashSet<String>();
    sections.getFirst().weights().forEach(w -> first.add(w.name()));
    return sections.getLast().weights().stream()
        .filter(w -> first.contains(w.name()))
        .mapToLong(WeightLoad::elements)
        .sum();
  }

  private long layerBytes(int place) {
    long most = 0;
    for (int stage : layers.of(place)) {
      for (int i = 0; i < job.workload().sections().size(); i++) {
        if (layers.counts()[stage][i] > 0) {
          most = Math.max(most, bytes(job.workload().sections().get(i)));
        }
      }
    }
    return most;
  }

  private long bytes(Section section) {
    return section.weights().stream().mapToLong(WeightLoad::elements).sum() * job.dtype().bytes();
  }

  private double flops(double ofMicroBatch) {
    return ofMicroBatch * job.plan().microBatches() * grid.replicaCount();
  }

  private double peakFlops() {
    double sum = 0;
    for (int place = 0; place < grid.places(); place++) {
      sum += node(place).device().matrixFlops(job.dtype());
    }
    return sum * grid.devices() / grid.places();
  }

  private long capacity() {
    long least = Long.MAX_VALUE;
    for (int place = 0; place < grid.places(); place++) {
      least = Math.min(least, node(place).device().memoryBytes());
    }
    return least;
  }
}
