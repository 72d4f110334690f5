package dev.weft.passes.pipeline;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.Prefetch;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.offload.FitCache;
import dev.weft.passes.offload.OffloadToHost;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.optimizer.PipelinedStep;
import dev.weft.passes.optimizer.TrainingStep;
import dev.weft.passes.prefetch.BringAhead;
import dev.weft.passes.remat.StepMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The passes from lowered gradients to the training step.
 *
 * @param micro how the model's results are put together from micro-batches
 * @param outputs of the model
 * @param schedule of the plan's pipeline, where it has one
 */
public record StepPasses(
    Plan plan,
    OptimizerSpec optimizer,
    MicroBatching micro,
    List<Port> outputs,
    Optional<Schedule> schedule) {

  /** All of them; a cache that is to fit a peak is found by trying. */
  List<Pass> inOrder() {
    if (plan.cache() instanceof CachePlan.Peak(long bytes)) {
      return List.of(
          new FitCache(bytes, (grads, cache) -> with(cache).run(grads), StepPasses::peakBytes));
    }
    var passes = new ArrayList<Pass>();
    if (!plan.offload().isEmpty()) {
      passes.add(offload());
    }
    passes.add(step());
    passes.addAll(prefetch());
    return passes;
  }

  /** What moves nothing but the moment at which things are brought; last of all. */
  private List<Pass> prefetch() {
    return plan.prefetch() == Prefetch.ON ? List.of(new BringAhead()) : List.of();
  }

  /** The peaks of the step that these passes make. */
  StepMemory memory() {
    // What a cache keeps of one stage depends on the other stages of its place.
    return plan.cache() instanceof CachePlan.Size
        ? PlannedMemory.ofAll(offload(), step(), prefetch())
        : PlannedMemory.ofEach(offload(), step(), prefetch());
  }

  /** What moves values to the host; a cache that is to fit a peak is left out. */
  public Pass offload() {
    return new OffloadToHost(plan, schedule);
  }

  /** What makes the training step of the gradients, with or without a pipeline. */
  public Pass step() {
    return schedule
        .<Pass>map(s -> new PipelinedStep(plan, optimizer, micro, s, outputs))
        .orElseGet(() -> new TrainingStep(plan, optimizer, micro));
  }

  /** The same passes without a cache of weights. */
  StepPasses uncached() {
    return with(new CachePlan.None());
  }

  private StepPasses with(CachePlan cache) {
    return new StepPasses(plan.withCache(cache), optimizer, micro, outputs, schedule);
  }

  /** Applies all of them. */
  Checked<Module> run(Module grads) {
    var made = Checked.ok(grads);
    for (var pass : inOrder()) {
      made = made.then(pass::run);
    }
    return made;
  }

  /** The most memory that any device needs for a step. */
  static long peakBytes(Module step) {
    return MemoryUse.ofDevices(step).stream().mapToLong(MemoryUse::peakBytes).max().orElseThrow();
  }
}
