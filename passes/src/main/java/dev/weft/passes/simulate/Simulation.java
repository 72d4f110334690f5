package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.cluster.NodeKind;
import dev.weft.passes.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Simulates a training step among many: one device of each place along the pipeline stands for all
 * others of its place, so that the number of replicas costs nothing.
 *
 * <p>A step begins when all gradients are summed. Each place updates its weights and gathers what
 * it needs of them, does the work of all micro-batches, and sums its gradients; the next step
 * begins when the last place has done so, since the norm of all gradients is then known.
 *
 * <pre>{@code
 * StepPrice price = Simulation.of(job, schedule);
 * }</pre>
 */
public final class Simulation {
  private final Job job;
  private final DeviceGrid grid;
  private final Schedule schedule;
  private final PlaceNodes nodes;
  private final StageLayers layers;
  private final PlaceWeights weights;
  private final List<StagePrice> stages = new ArrayList<>();
  private final List<StepStart> begins = new ArrayList<>();
  private final IdentityHashMap<NodeKind, WeightTraffic> traffic = new IdentityHashMap<>();
  private final Timeline timeline;
  private final List<StepEnd> ends = new ArrayList<>();

  private Simulation(Job job, Schedule schedule) {
    this.job = job;
    this.schedule = schedule;
    this.grid = DeviceGrid.of(job.plan());
    this.nodes = new PlaceNodes(job.cluster(), grid);
    this.layers = StageLayers.of(job.workload(), job.plan());
    this.weights = new PlaceWeights(job.workload().sections(), layers);
    var pricing = new StagePricing(job, grid);
    for (int stage = 0; stage < layers.stages(); stage++) {
      stages.add(pricing.price(layers.counts()[stage], nodes.of(layers.places()[stage])));
    }
    for (int place = 0; place < schedule.devices(); place++) {
      begins.add(begin(place));
    }
    this.timeline = Timeline.of(schedule, pace(), layers.places());
    for (int place = 0; place < schedule.devices(); place++) {
      ends.add(end(place));
    }
  }

  /**
   * The price of a step.
   *
   * @param schedule of the plan's pipeline, where it has one
   */
  public static StepPrice of(Job job, Optional<Schedule> schedule) {
    return run(job, schedule).price();
  }

  /** A simulated step, of which price and events can be asked. */
  public static Simulation run(Job job, Optional<Schedule> schedule) {
    return new Simulation(job, schedule.orElseGet(() -> serial(job)));
  }

  /** One place that ends each micro-batch before the next. */
  private static Schedule serial(Job job) {
    int count = job.plan().microBatches();
    var row = new Row.Builder();
    for (int micro = 0; micro < count; micro++) {
      row.add(0, Phase.FORWARD, micro);
      row.add(0, Phase.BACKWARD, micro);
    }
    return new Schedule(1, count, List.of(row.build()));
  }

  private StepStart begin(int place) {
    double update = slowest(place, t -> t.update(elements(place)));
    double gathering = slowest(place, t -> t.gathering(elements(place)));
    double behind = gathering * job.software().weightOverlap();
    double seen = gathering - behind;
    long[] elements = weights.elements(layers.of(place));
    long all = Math.max(1, elements(place));
    double[] gathered = new double[elements.length];
    double clock = update + seen;
    for (int i = 0; i < elements.length; i++) {
      clock += behind * elements[i] / all;
      gathered[i] = behind == 0 ? 0 : clock;
    }
    return new StepStart(update, seen, gathered);
  }

  private Pace pace() {
    int count = stages.size();
    int[] places = layers.places();
    var ways = new Ways(grid, new Network(job.cluster().links()), domains());
    var work = new double[count][Phase.values().length];
    var activations = new double[count];
    var gradients = new double[count];
    var gathered = new double[count];
    for (int stage = 0; stage < count; stage++) {
      for (var phase : Phase.values()) {
        double message = sends(stage, phase) ? job.software().messageSeconds() : 0;
        work[stage][phase.ordinal()] = stages.get(stage).of(phase).total() + message;
      }
      int place = places[stage];
      gathered[stage] = begins.get(place).gathered()[layers.of(place).indexOf(stage)];
      if (stage + 1 < count) {
        long bytes = stages.get(stage + 1).inputBytes();
        activations[stage] = ways.seconds(bytes, place, places[stage + 1]);
        gradients[stage + 1] = ways.seconds(bytes, places[stage + 1], place);
      }
    }
    double[] starts = begins.stream().mapToDouble(StepStart::end).toArray();
    return new Pace(
        work, activations, gradients, job.software().transferOverlap(), starts, gathered);
  }

  private boolean sends(int stage, Phase phase) {
    return switch (phase) {
      case FORWARD -> stage + 1 < stages.size();
      case BACKWARD, INPUT_GRADIENT -> stage > 0;
      case WEIGHT_GRADIENT -> false;
    };
  }

  private List<Integer> domains() {
    return job.cluster().links().stream().map(LinkSpec::devices).toList();
  }

  private StepEnd end(int place) {
    var gradients = new ArrayList<StepEnd.Gradients>();
    var own = layers.of(place);
    long[] elements = weights.elements(own);
    for (int i = 0; i < elements.length; i++) {
      int stage = own.get(i);
      long count = elements[i];
      double to = timeline.end(last(stage));
      double from = to - stages.get(stage).of(last(stage).phase()).total();
      double seconds = slowest(place, t -> t.reduction(count));
      gradients.add(new StepEnd.Gradients(stage, layers.size(stage), from, to, seconds));
    }
    gradients.sort(Comparator.comparingDouble(StepEnd.Gradients::to));
    return StepEnd.of(gradients, timeline.end(place), job.software());
  }

  /** The last work of a stage that makes gradients of weights. */
  private Action last(int stage) {
    var row = schedule.rows().get(layers.places()[stage]);
    for (int i = row.size() - 1; i >= 0; i--) {
      if (row.stage(i) == stage && isGradient(row.phase(i))) {
        return row.get(i);
      }
    }
    throw new IllegalArgumentException("stage " + stage + " makes no gradients");
  }

  private static boolean isGradient(Phase phase) {
    return switch (phase) {
      case BACKWARD, WEIGHT_GRADIENT -> true;
      case FORWARD, INPUT_GRADIENT -> false;
    };
  }

  /** What the step takes. */
  public StepPrice price() {
    double step = seconds();
    return new StepPrice(
        step,
        IntStream.range(0, schedule.devices()).mapToObj(p -> price(p, step)).toList(),
        grid.devices(),
        job.tokens(),
        flops(job.workload().modelFlops()),
        flops(new HardwareFlops(job).ofMicroBatch() * grid.tensorDevices()),
        nodes.sum(node -> node.device().matrixFlops(job.dtype())));
  }

  /** How many pieces of work were simulated; the number of devices does not count. */
  public int events() {
    return timeline.events();
  }

  /** The step and its events. */
  public StepTrace trace() {
    var traces = new ArrayList<PlaceTrace>();
    for (int place = 0; place < schedule.devices(); place++) {
      traces.add(trace(place));
    }
    return new StepTrace(price(), traces);
  }

  private PlaceTrace trace(int place) {
    var row = schedule.rows().get(place);
    var begin = begins.get(place);
    var record = new PlaceRecording(timeline, place, row);
    double end = timeline.end(place);
    return record.trace(
        begin,
        new PlaceTrace.Event("sum of gradients", "gradients", end, end + gradients(place)),
        ends.get(place).pieces(),
        new PlaceTrace.Event(
            "end of the step", "host", seconds() - job.software().stepSeconds(), seconds()),
        walk(place));
  }

  private double seconds() {
    double last = 0;
    for (int place = 0; place < schedule.devices(); place++) {
      last = Math.max(last, timeline.end(place) + gradients(place));
    }
    return last + job.software().stepSeconds();
  }

  private PlacePrice price(int place, double step) {
    var work = work(place);
    double gathering = begins.get(place).gathering() + timeline.stretched(place);
    double known =
        begins.get(place).update()
            + gathering
            + work.total()
            + timeline.transfers(place)
            + gradients(place)
            + job.software().stepSeconds();
    var own = layers.of(place);
    var smallest = smallest(place);
    return new PlacePrice(
        smallest.device().name(),
        own,
        work,
        timeline.transfers(place),
        gradients(place),
        begins.get(place).update(),
        gathering,
        job.software().stepSeconds(),
        Math.max(0, step - known),
        new MemoryPricing(job, grid).of(walk(place), elements(place), weights.largest(own)),
        smallest.device().memoryBytes());
  }

  private MemoryWalk walk(int place) {
    var own = layers.of(place);
    return new MemoryPricing(job, grid)
        .walk(stages, schedule.rows().get(place), own, weights.elements(own));
  }

  /** The sum over replicas, and at both ends of the pipeline that of weights that they share. */
  private double gradients(int place) {
    int[] places = layers.places();
    boolean isEnd = place == places[0] || place == places[places.length - 1];
    double shared = isEnd ? slowest(place, t -> t.shared(weights.shared())) : 0;
    return ends.get(place).seconds() + shared;
  }

  private Seconds work(int place) {
    return layers.of(place).stream()
        .map(s -> stages.get(s).of(Phase.FORWARD).plus(stages.get(s).of(Phase.BACKWARD)))
        .reduce(Seconds.NONE, Seconds::plus)
        .times(job.plan().microBatches());
  }

  private long elements(int place) {
    long sum = 0;
    for (long elements : weights.elements(layers.of(place))) {
      sum += elements;
    }
    return sum;
  }

  private double slowest(int place, ToDoubleFunction<WeightTraffic> seconds) {
    double most = 0;
    for (var node : nodes.of(place)) {
      var own = traffic.computeIfAbsent(node, n -> new WeightTraffic(job, grid, n));
      most = Math.max(most, seconds.applyAsDouble(own));
    }
    return most;
  }

  private NodeKind smallest(int place) {
    return nodes.of(place).stream()
        .min(Comparator.comparingLong(node -> node.device().memoryBytes()))
        .orElseThrow();
  }

  private double flops(double ofMicroBatch) {
    return ofMicroBatch * job.plan().microBatches() * grid.replicaCount();
  }
}
