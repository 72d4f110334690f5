package dev.weft.passes.stage;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a model along its depth.
 *
 * <pre>{@code
 * func @model(%w, %head, %tokens, %labels) { … repeat blocks 12 … return loss %l }
 * ---
 * func @stage0(%w[0:6], %tokens) { … return activation("x") %x }
 * func @stage1(%w[6:12], %head, %labels, %x: activation("x")) { … return loss %l }
 * }</pre>
 *
 * A weight that several stages use is a parameter of each; a value goes straight from the stage
 * that makes it to every stage that takes it, however far apart they are.
 *
 * @param plan the stages; without any, the model stays as it is
 */
public record Stage(Optional<PipelinePlan> plan) implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "stage",
        "cuts the model along its depth into pipeline stages",
        Set.of(),
        plan.isEmpty() ? Set.of() : Set.of(Property.STAGED),
        Set.of(Property.STAGED, Property.DIFFERENTIATED, Property.SHARDED, Property.LOWERED));
  }

  @Override
  public Checked<Module> run(Module module) {
    return plan.map(stages -> staged(module, stages)).orElseGet(() -> Checked.ok(module));
  }

  private static Checked<Module> staged(Module module, PipelinePlan plan) {
    var model = module.only();
    return Pieces.of(model, plan)
        .then(pieces -> staged(module, plan, SplitRepeats.of(model, pieces)));
  }

  private static Checked<Module> staged(
      Module module, PipelinePlan plan, SplitRepeats.Split split) {
    var assignment = StageAssignment.of(split, plan);
    var disorder = assignment.disorder();
    if (disorder.isPresent()) {
      var message = "`" + disorder.get().names().getFirst() + "` needs a value of a later stage";
      return Checked.failed(Diagnostic.of(StageCode.STAGE_ORDER, disorder.get().span(), message));
    }
    Function whole = split.function();
    var stages = StageFunctions.of(whole, assignment, plan.stages().size());
    return Checked.ok(module.withFunctions(stages).with(Property.STAGED));
  }
}
