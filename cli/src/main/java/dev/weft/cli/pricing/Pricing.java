package dev.weft.cli.pricing;

import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.RematPlan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.SoftwareSpec.AttentionStyle;
import dev.weft.passes.schedule.Schedules;
import dev.weft.passes.simulate.ClusterFit;
import dev.weft.passes.simulate.Job;
import dev.weft.passes.simulate.StepPrice;
import dev.weft.passes.simulate.StepTrace;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prices plans.
 *
 * <pre>{@code
 * var price = new Pricing().price(workloads, plan, cluster, software).orThrow();
 * }</pre>
 */
public final class Pricing {
  private final Map<ScheduleKey, Checked<Schedule>> schedules = new ConcurrentHashMap<>();

  private record ScheduleKey(PipelinePlan pipeline, int microBatches) {}

  /** The price of a step of a model under a plan on the first devices of a cluster. */
  public Checked<StepPrice> price(
      ModelWorkloads workloads, Plan plan, Cluster cluster, SoftwareSpec software) {
    return step(workloads, plan, new ClusterChoice(cluster, software)).map(PricedStep::price);
  }

  /** The same with all events of the step. */
  public Checked<StepTrace> trace(ModelWorkloads workloads, Plan plan, ClusterChoice on) {
    return step(workloads, plan, on).map(step -> step.simulation().trace());
  }

  /** What {@link #price} simulates. */
  public Checked<PricedStep> step(ModelWorkloads workloads, Plan plan, ClusterChoice on) {
    var dtype = workloads.model().recipe().precision();
    return workloads
        .of(programPlan(plan, on.software()))
        .map(load -> new Job(load, plan, on.cluster(), on.software(), dtype, workloads.tokens()))
        .then(job -> new Checked<>(Optional.of(job), ClusterFit.problems(job)))
        .then(job -> schedule(plan).map(schedule -> new PricedStep(job, schedule)));
  }

  /**
   * Where attention is written out, selective recomputation is of its scores, which the program has
   * in its fused attention only; the simulation adds what they take.
   */
  private static Plan programPlan(Plan plan, SoftwareSpec software) {
    boolean isOfScores =
        software.attention() == AttentionStyle.WRITTEN_OUT
            && plan.remat() instanceof RematPlan.Selective;
    return isOfScores ? plan.withRemat(new RematPlan.None()) : plan;
  }

  private Checked<Optional<Schedule>> schedule(Plan plan) {
    return plan.pipeline()
        .map(p -> new ScheduleKey(p, plan.microBatches()))
        .map(key -> schedules.computeIfAbsent(key, k -> Schedules.of(k.pipeline, k.microBatches)))
        .map(made -> made.map(Optional::of))
        .orElseGet(() -> Checked.ok(Optional.empty()));
  }
}
