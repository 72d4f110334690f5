package dev.weft.passes.pipeline;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
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
  private final Pass each;
  private final Pass step;
  private final Map<Function, Function> done = new IdentityHashMap<>();
  private final PhaseCuts cuts = new PhaseCuts();

  /**
   * The memory of a step.
   *
   * @param each what is done with each function before the step is made
   * @param step what makes the step
   */
  PlannedMemory(Pass each, Pass step) {
    this.each = each;
    this.step = step;
  }

  @Override
  public List<List<Integer>> groups(Module grads) {
    return step instanceof PipelinedStep pipelined
        ? pipelined.stagesOfPlaces()
        : List.of(IntStream.range(0, grads.functions().size()).boxed().toList());
  }

  @Override
  public long peakBytes(Module grads, List<Integer> group) {
    var ready = grads.map(f -> done.computeIfAbsent(f, one -> ready(grads, one)));
    // A step that is refused needs no memory: the refusal is reported where the step is made.
    return step instanceof PipelinedStep pipelined
        ? pipelined
            .run(ready, place(pipelined, group), cuts)
            .value()
            .map(m -> MemoryUse.of(m, deviceAt(m, place(pipelined, group))).peakBytes())
            .orElse(0L)
        : step.run(ready).value().map(m -> MemoryUse.of(m, 0).peakBytes()).orElse(0L);
  }

  private Function ready(Module grads, Function function) {
    return each.run(grads.withOnly(function)).orThrow().only();
  }

  private static int place(PipelinedStep step, List<Integer> group) {
    return step.stagesOfPlaces().indexOf(group);
  }

  private static int deviceAt(Module step, int place) {
    var axis = step.pipeline().orElseThrow();
    return IntStream.range(0, step.mesh().devices())
        .filter(d -> step.mesh().coordinate(d, axis) == place)
        .findFirst()
        .orElseThrow();
  }
}
