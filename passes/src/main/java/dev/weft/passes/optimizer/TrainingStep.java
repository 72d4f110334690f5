package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import dev.weft.passes.core.WeightShares;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the training step of one device: accumulates gradients over micro-batches, reduces them
 * over the replicas, and updates the weights, whole or each replica its share (ZeRO level 1).
 *
 * <pre>{@code
 * func @grads(%w, %x) { … return loss %l, gradient("w") %d_w }        // one micro-batch
 * func @step(%w, %x) {
 *   %flat = repeat micro … { … yield add %sum, pack %d_w }
 *   %mine = reduce_scatter %flat                                      // level 0: all_reduce
 *   %new  = sgd_update (shard_slice (pack %w)), %mine
 *   %w'   = unpack (all_gather %new)
 *   return loss %l, weight("w") %w', gradient("flat") %mine
 * }
 * }</pre>
 *
 * Inputs and outputs are as {@code docs/reproducibility.md} says.
 */
public record TrainingStep(Plan plan, OptimizerSpec optimizer, MicroBatching micro)
    implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "training-step",
        "accumulates micro-batches, reduces gradients, updates weights",
        Set.of(Property.DIFFERENTIATED, Property.LOWERED),
        Set.of(Property.TRAINING_STEP),
        Set.of(Property.TRAINING_STEP));
  }

  @Override
  public Checked<Module> run(Module module) {
    var grads = module.only();
    var unscaled = ScaleLoss.missing(optimizer, List.of(grads));
    if (unscaled.isPresent()) {
      return Checked.failed(unscaled.get());
    }
    var batch = BatchPieces.of(grads, micro, plan.mesh());
    return batch.isPresent()
        ? Checked.ok(module.withOnly(step(grads, batch.get())).with(Property.TRAINING_STEP))
        : Checked.failed(cutDifferently());
  }

  private Diagnostic cutDifferently() {
    return Diagnostic.of(
        OptimizerCode.BATCH_CUT_DIFFERENTLY,
        Span.NONE,
        "inputs or outputs are cut along `"
            + micro.batch()
            + "` over different mesh axes, so that their micro-batches would not hold the same"
            + " entries");
  }

  private Function step(Function grads, BatchPieces batch) {
    var builder = new Builder();
    int weights = grads.inputIndices(Port.Weight.class).size();
    var inputs = new ArrayList<Port>(grads.inputs().subList(0, weights));
    var held = Holdings.whole(inputs);
    var form = ReductionForm.of(plan, held.cutting(grads.body().params().subList(0, weights)));
    var accumulation =
        new Accumulation(grads, micro, batch, builder, form.shards(plan), WeightsHome.of(plan));
    var loops = WeightShares.loops(List.of(grads));
    var made = grads.outputIndices(Port.Gradient.class).stream().map(grads.body().yields()::get);
    var update =
        new WeightUpdate(
            plan,
            optimizer,
            builder,
            held,
            form,
            new WeightShares(plan.mesh(), plan.optimizerSharding().over(), loops),
            accumulation.declareWeights(),
            made.toList());
    inputs.addAll(update.declareState(accumulation.flatType()));
    inputs.addAll(grads.inputs().stream().filter(p -> p instanceof Port.Data).toList());
    accumulation.declareData();

    var totals = accumulation.emit(update.lossScale());
    var updated = update.emit(totals.flatGradient());

    var yields = new ArrayList<Value>(totals.results());
    var outputs = new ArrayList<Port>(grads.outputs().subList(0, totals.results().size()));
    yields.addAll(updated.weights());
    outputs.addAll(grads.inputs().subList(0, weights));
    yields.addAll(updated.state());
    outputs.addAll(update.statePorts());
    var gradients = update.gradients(updated);
    yields.addAll(gradients.values());
    outputs.addAll(gradients.keySet());
    return new Function("step", inputs, builder.build(yields), outputs);
  }
}
