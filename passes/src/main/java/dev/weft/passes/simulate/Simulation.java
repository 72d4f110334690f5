package dev.weft.passes.simulate;

import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Row;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.cluster.LinkSpec;
import dev.weft.passes.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
  private final JobPrices prices;
  private final Job job;
  private final StageCut cut;
  private final Schedule schedule;
  private final StepMemory memory;
  private final StageTimes[] stages;
  private final List<StepStart> begins;
  private final Timeline timeline;
  private final List<StepEnd> ends;

  private Simulation(JobPrices prices, StageCut cut, Schedule schedule, StepMemory memory) {
    this.prices = prices;
    this.job = prices.job();
    this.cut = cut;
    this.schedule = schedule;
    this.memory = memory;
    this.stages = prices.stages(cut);
    this.begins = IntStream.range(0, schedule.devices()).mapToObj(this::begin).toList();
    this.timeline =
        Timeline.of(schedule, pace(), IntStream.range(0, cut.stages()).map(cut::place).toArray());
    this.ends = IntStream.range(0, schedule.devices()).mapToObj(this::end).toList();
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
    var prices = new JobPrices(job);
    var cut = StageCut.of(job.workload(), job.plan());
    var order = schedule.orElseGet(() -> serial(job.plan().microBatches()));
    return run(prices, cut, order, StepMemory.of(prices, cut, order));
  }

  /** The same of a job whose prices and whose memory are known. */
  public static Simulation run(
      JobPrices prices, StageCut cut, Schedule schedule, StepMemory memory) {
    return new Simulation(prices, cut, schedule, memory);
  }

  /** One place that ends each micro-batch before the next. */
  public static Schedule serial(int microBatches) {
    var row = new Row.Builder();
    for (int micro = 0; micro < microBatches; micro++) {
      row.add(0, Phase.FORWARD, micro);
      row.add(0, Phase.BACKWARD, micro);
    }
    return new Schedule(1, microBatches, List.of(row.build()));
  }

  private StepStart begin(int place) {
    int group = prices.group(place);
    var all = cut.total(place);
    double update = prices.slowest(group, t -> t.update(all));
    double gathering = prices.slowest(group, t -> t.gathering(all));
    double behind = gathering * job.software().weightOverlap();
    double seen = gathering - behind;
    var elements = cut.elements(place);
    double[] gathered = new double[elements.size()];
    double clock = update + seen;
    for (int i = 0; i < elements.size(); i++) {
      clock += behind * elements.get(i).all() / Math.max(1, all.all());
      gathered[i] = behind == 0 ? 0 : clock;
    }
    return new StepStart(update, seen, gathered);
  }

  private Pace pace() {
    int count = cut.stages();
    var links = job.cluster().links();
    var domains = links.stream().map(LinkSpec::devices).toList();
    var ways = new Ways(prices.grid(), new Network(links), domains);
    var work = new double[count][Phase.values().length];
    var activations = new double[count];
    var gradients = new double[count];
    var gathered = new double[count];
    for (int place = 0; place < schedule.devices(); place++) {
      for (int i = 0; i < cut.own(place).length; i++) {
        gathered[cut.own(place)[i]] = begins.get(place).gathered()[i];
      }
    }
    for (int stage = 0; stage < count; stage++) {
      for (var phase : Phase.values()) {
        double message = sends(stage, phase) ? job.software().messageSeconds() : 0;
        work[stage][phase.ordinal()] = stages[stage].of(phase) + message;
      }
      if (stage + 1 < count) {
        long bytes = stages[stage + 1].price().inputBytes();
        activations[stage] = ways.seconds(bytes, cut.place(stage), cut.place(stage + 1));
        gradients[stage + 1] = ways.seconds(bytes, cut.place(stage + 1), cut.place(stage));
      }
    }
    double[] starts = begins.stream().mapToDouble(StepStart::end).toArray();
    return new Pace(
        work, activations, gradients, job.software().transferOverlap(), starts, gathered);
  }

  private boolean sends(int stage, Phase phase) {
    return switch (phase) {
      case FORWARD -> stage + 1 < cut.stages();
      case BACKWARD, INPUT_GRADIENT -> stage > 0;
      case WEIGHT_GRADIENT -> false;
    };
  }

  private StepEnd end(int place) {
    var gradients = new ArrayList<StepEnd.Gradients>();
    int[] own = cut.own(place);
    for (int i = 0; i < own.length; i++) {
      int stage = own[i];
      var count = cut.elements(place).get(i);
      var last = last(stage);
      double to = timeline.end(last);
      double from = to - stages[stage].of(last.phase());
      double seconds = prices.slowest(prices.group(place), t -> t.reduction(count));
      gradients.add(new StepEnd.Gradients(stage, cut.size(stage), from, to, seconds));
    }
    gradients.sort(Comparator.comparingDouble(StepEnd.Gradients::to));
    return StepEnd.of(gradients, timeline.end(place), job.software());
  }

  /** The last work of a stage that makes gradients of weights. */
  private Action last(int stage) {
    var row = schedule.rows().get(cut.place(stage));
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
    var grid = prices.grid();
    return new StepPrice(
        step,
        IntStream.range(0, schedule.devices()).mapToObj(p -> price(p, step)).toList(),
        grid.devices(),
        job.tokens(),
        flops(job.workload().modelFlops()),
        flops(new HardwareFlops(job).ofMicroBatch() * grid.tensorDevices()),
        prices.nodes().sum(node -> node.device().matrixFlops(job.dtype())));
  }

  /** How many pieces of work were simulated; the number of devices does not count. */
  public int events() {
    return timeline.events();
  }

  /** The step and its events. */
  public StepTrace trace() {
    return new StepTrace(
        price(), IntStream.range(0, schedule.devices()).mapToObj(this::trace).toList());
  }

  private PlaceTrace trace(int place) {
    var row = schedule.rows().get(place);
    double end = timeline.end(place);
    return new PlaceRecording(timeline, place, row, prices.memory().buffers(cut.largest(place)))
        .trace(
            begins.get(place),
            new PlaceTrace.Event("sum of gradients", "gradients", end, end + gradients(place)),
            ends.get(place).pieces(),
            new PlaceTrace.Event(
                "end of the step", "host", seconds() - job.software().stepSeconds(), seconds()),
            MemoryWalk.of(prices.memory().cursor(stages, row, cut, place), row.size()));
  }

  /** Seconds of the step. */
  public double seconds() {
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
    return new PlacePrice(
        prices.smallest(prices.group(place)).device().name(),
        Arrays.stream(cut.own(place)).boxed().toList(),
        work,
        timeline.transfers(place),
        gradients(place),
        begins.get(place).update(),
        gathering,
        job.software().stepSeconds(),
        Math.max(0, step - known),
        memory.places().get(place).price(),
        memory.places().get(place).capacityBytes());
  }

  /** The sum over replicas, and at both ends of the pipeline that of weights that they share. */
  private double gradients(int place) {
    boolean isEnd = place == cut.place(0) || place == cut.place(cut.stages() - 1);
    double shared = isEnd ? prices.slowest(prices.group(place), t -> t.shared(cut.shared())) : 0;
    return ends.get(place).seconds() + shared;
  }

  private Seconds work(int place) {
    return Arrays.stream(cut.own(place))
        .mapToObj(s -> stages[s].price())
        .map(stage -> stage.of(Phase.FORWARD).plus(stage.of(Phase.BACKWARD)))
        .reduce(Seconds.NONE, Seconds::plus)
        .times(job.plan().microBatches());
  }

  private double flops(double ofMicroBatch) {
    return ofMicroBatch * job.plan().microBatches() * prices.grid().replicaCount();
  }
}
