package dev.weft.passes.simulate;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.Prefetch;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.price.Gemm;
import dev.weft.passes.price.Layout;
import dev.weft.passes.price.Stream;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.workload.Exchange;
import dev.weft.passes.workload.Load;
import dev.weft.passes.workload.Section;
import dev.weft.passes.workload.WeightLoad;
import dev.weft.passes.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Models, plans and clusters of the tests. */
final class Jobs {
  static final long SAVED = 50_000_000;
  private static final long MODEL = 4096;
  private static final int LAYERS = 32;

  private Jobs() {}

  static ScheduleKind kind(String text) {
    return Arrays.stream(ScheduleKind.values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  /** A pipeline over layers in equal parts; stages lie as the schedule wants them. */
  static PipelinePlan pipeline(ScheduleKind kind, int places, int chunks) {
    int count = places * chunks;
    boolean isFolded = kind == ScheduleKind.ZB_V || kind == ScheduleKind.DUALPIPE_V;
    var stages =
        IntStream.range(0, count)
            .mapToObj(
                s -> {
                  int place = isFolded && s >= places ? count - 1 - s : s % places;
                  return new StagePlan(place, Map.of("blocks", Math.max(1, LAYERS / count)));
                })
            .toList();
    return new PipelinePlan("pp", stages, new SchedulePlan.Named(kind));
  }

  static Schedule schedule(PipelinePlan pipeline, int micro) {
    return Schedules.of(pipeline, micro).orThrow();
  }

  static int[] places(PipelinePlan pipeline) {
    return pipeline.stages().stream().mapToInt(StagePlan::device).toArray();
  }

  /** Mesh axes pp, dp and tp; a pipeline of more than one place where it is given. */
  static Plan plan(Optional<PipelinePlan> pipeline, int dp, int tp, int micro, int zero) {
    int places =
        pipeline.stream()
            .flatMap(p -> p.stages().stream())
            .mapToInt(StagePlan::device)
            .max()
            .orElse(0);
    var mesh =
        new Mesh(
            List.of(
                new MeshAxis("pp", places + 1), new MeshAxis("dp", dp), new MeshAxis("tp", tp)));
    return new Plan(
        mesh,
        List.of(),
        micro,
        new OptimizerSharding(zero, List.of("dp")),
        pipeline,
        new RematPlan.None(),
        Set.of(),
        new CachePlan.None(),
        Prefetch.ON);
  }

  /** The stack of Weft with other values of some keys. */
  static SoftwareSpec software(String keys) {
    var text = "{ \"like\": \"weft\", \"name\": \"test\", " + keys + " }";
    return Specs.read(SoftwareSpec.class, new Source("software", text)).orThrow();
  }

  static Cluster cluster(String name) {
    return Clusters.named(name).orThrow();
  }

  /** A model of 32 equal layers, what is before and after them taking nothing. */
  static Workload workload() {
    var end = new Section("", 1, Load.NONE, Load.NONE, Load.NONE, List.of(), 0, 0, 0, 0, 0);
    var forward = new Load(List.of(gemm(Layout.TN), stream()), List.of(sum()));
    var backward = new Load(List.of(gemm(Layout.NN), stream()), List.of(sum()));
    var later = new Load(List.of(gemm(Layout.NT)), List.of());
    var weight = new WeightLoad("w", MODEL * MODEL * 12, List.of("tp"));
    var layer =
        new Section(
            "blocks",
            LAYERS,
            forward,
            backward,
            later,
            List.of(weight),
            MODEL * 2048 * 2,
            SAVED,
            SAVED / 2,
            SAVED,
            SAVED);
    return new Workload(List.of(end, layer, end), 1e15);
  }

  private static Gemm gemm(Layout layout) {
    return new Gemm(DType.BF16, 1, 2048, 12 * MODEL, MODEL, layout, false);
  }

  private static Stream stream() {
    return new Stream(20 * MODEL * 2048, 0);
  }

  private static Exchange sum() {
    return new Exchange(CollectiveKind.ALL_REDUCE, MODEL * 2048 * 2, List.of("tp"));
  }

  static Job job(Plan plan, Cluster cluster, SoftwareSpec software) {
    return new Job(workload(), plan, cluster, software, DType.BF16, 1 << 20);
  }

  static Simulation run(Plan plan, Cluster cluster, SoftwareSpec software) {
    return Simulation.run(
        job(plan, cluster, software), plan.pipeline().map(p -> schedule(p, plan.microBatches())));
  }
}
