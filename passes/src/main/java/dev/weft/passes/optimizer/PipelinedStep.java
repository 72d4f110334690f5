package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.DType;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes the training step of a pipeline: cuts each stage into the phases that the schedule names,
 * and writes for each place along the pipeline the program that calls them in the order of its row,
 * receives and sends what crosses, adds up gradients and updates the weights.
 *
 * <pre>{@code
 * func @stage1(%w, %x, …) { … }
 * ---
 * func @stage1_forward(%w, %x) { … }   func @stage1_backward(%w, %h, …) { … }
 * func @device1(%w, %labels) {
 *   %x  = receive {from=0}   %l, %h  = call @stage1_forward %w, %x       // 1F0
 *   %dx, %flat = call @stage1_backward %w, %h    send %dx {to=0}         // 1B0
 *   … update of the weights …
 * }
 * }</pre>
 *
 * @param outputs of the model, in the order of the roles of {@code micro}
 */
public record PipelinedStep(
    Plan plan, OptimizerSpec optimizer, MicroBatching micro, Schedule schedule, List<Port> outputs)
    implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "pipelined-step",
        "cuts stages into phases and writes each device's program by the schedule",
        Set.of(Property.STAGED, Property.DIFFERENTIATED, Property.LOWERED),
        Set.of(Property.TRAINING_STEP),
        Set.of(Property.TRAINING_STEP));
  }

  @Override
  public Checked<Module> run(Module module) {
    return run(module, IntStream.range(0, schedule.devices()).boxed().toList(), new PhaseCuts());
  }

  /**
   * As {@link #run(Module)}, but with the program of one place alone.
   *
   * @param cuts of the stages so far
   */
  public Checked<Module> run(Module module, int place, PhaseCuts cuts) {
    return run(module, List.of(place), cuts);
  }

  /** The stages of each place along the pipeline, ascending. */
  public List<List<Integer>> stagesOfPlaces() {
    return pipeline().stagesOfPlaces(schedule.devices());
  }

  private Checked<Module> run(Module module, List<Integer> places, PhaseCuts cuts) {
    var stages = module.functions();
    var unscaled = ScaleLoss.missing(optimizer, stages);
    if (unscaled.isPresent()) {
      return Checked.failed(unscaled.get());
    }
    var entries = new ArrayList<Port>();
    for (int i = 0; i < outputs.size(); i++) {
      if (micro.roles().get(i) == BatchRole.ENTRY) {
        entries.add(outputs.get(i));
      }
    }
    var batch = BatchPieces.of(stages, entries, micro, plan.mesh());
    if (batch.isEmpty()) {
      return Checked.failed(
          Diagnostic.of(
              OptimizerCode.BATCH_CUT_DIFFERENTLY,
              Span.NONE,
              "stages cut `" + micro.batch() + "` over different mesh axes"));
    }
    var phases = new ArrayList<Map<Phase, Function>>();
    for (int s = 0; s < stages.size(); s++) {
      phases.add(cuts.of(stages.get(s), phases(s)));
    }
    var crossings = new Crossings(pipeline(), phases);
    var functions = new ArrayList<Function>();
    phases.forEach(p -> functions.addAll(p.values()));
    for (int device : places) {
      var program = new DeviceProgram(this, stages, crossings, schedule, batch.get(), device);
      functions.add(program.write());
    }
    return Checked.ok(
        module
            .withFunctions(functions)
            .withPipeline(pipeline().over())
            .with(Property.TRAINING_STEP));
  }

  PipelinePlan pipeline() {
    return plan.pipeline().orElseThrow();
  }

  /** The element type of the model's weights. */
  DType weightType(List<Function> stages) {
    return stages.stream()
        .flatMap(s -> s.inputIndices(Port.Weight.class).stream().map(s.body().params()::get))
        .map(p -> p.type().dtype())
        .findFirst()
        .orElse(DType.F64);
  }

  /** What the schedule asks of a stage. */
  private Set<Phase> phases(int stage) {
    var phases = EnumSet.noneOf(Phase.class);
    schedule.rows().stream()
        .flatMap(List::stream)
        .filter(a -> a.stage() == stage)
        .forEach(a -> phases.add(a.phase()));
    return phases;
  }
}
