package dev.weft.passes.pipeline;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.cost.MemoryUse;
import dev.weft.passes.optimizer.PhaseCuts;
import dev.weft.passes.optimizer.PipelinedStep;
import dev.weft.passes.remat.StepMemory;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The peaks of the step that a plan makes of gradients, found by making it. Of a pipeline only the
 * place in question is made.
 */
final class PlannedMemory implements StepMemory {
  private final Pass offload;
  private final Preparation preparation;
  private final Pass step;
  private final List<Pass> after;
  private final Map<Function, Function> done = new IdentityHashMap<>();
  private final PhaseCuts cuts = new PhaseCuts();

  /** How functions are prepared for the step. */
  private enum Preparation {
    EACH,
    ALL
  }

  private PlannedMemory(Pass offload, Preparation preparation, Pass step, List<Pass> after) {
    this.offload = offload;
    this.preparation = preparation;
    this.step = step;
    this.after = List.copyOf(after);
  }

  /**
   * The memory of a step.
   *
   * @param offload what is done with each function by itself before the step is made
   * @param step what makes the step
   * @param after what is done with the step
   */
  static PlannedMemory ofEach(Pass offload, Pass step, List<Pass> after) {
    return new PlannedMemory(offload, Preparation.EACH, step, after);
  }

  /** Likewise, where {@code offload} must see all functions at once. */
  static PlannedMemory ofAll(Pass offload, Pass step, List<Pass> after) {
    return new PlannedMemory(offload, Preparation.ALL, step, after);
  }

  @Override
  public List<List<Integer>> groups(Module grads) {
    return step instanceof PipelinedStep pipelined
        ? pipelined.stagesOfPlaces()
        : List.of(IntStream.range(0, grads.functions().size()).boxed().toList());
  }

  @Override
  public long peakBytes(Module grads, List<Integer> group) {
    // A step that is refused needs no memory: the refusal is reported where the step is made.
    return prepared(grads)
        .then(ready -> made(ready, group))
        .value()
        .map(m -> MemoryUse.of(m, device(m, group)).peakBytes())
        .orElse(0L);
  }

  private Checked<Module> prepared(Module grads) {
    return preparation == Preparation.ALL
        ? offload.run(grads)
        : Checked.ok(grads.map(f -> done.computeIfAbsent(f, one -> ready(grads, one))));
  }

  private Checked<Module> made(Module ready, List<Integer> group) {
    var module =
        step instanceof PipelinedStep pipelined
            ? pipelined.run(ready, pipelined.stagesOfPlaces().indexOf(group), cuts)
            : step.run(ready);
    for (var pass : after) {
      module = module.then(pass::run);
    }
    return module;
  }

  private Function ready(Module grads, Function function) {
    return offload.run(grads.withOnly(function)).orThrow().only();
  }

  /** A device that runs the functions of a group. */
  private int device(Module made, List<Integer> group) {
    if (!(step instanceof PipelinedStep pipelined)) {
      return 0;
    }
    int place = pipelined.stagesOfPlaces().indexOf(group);
    var axis = made.pipeline().orElseThrow();
    return IntStream.range(0, made.mesh().devices())
        .filter(d -> made.mesh().coordinate(d, axis) == place)
        .findFirst()
        .orElseThrow();
  }
}
