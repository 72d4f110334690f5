package dev.weft.passes.offload;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.plan.CachePlan;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.schedule.Schedule;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.Optional;
import java.util.Set;

/**
 * Moves activations and weights to the host's memory and back.
 *
 * <p>An activation that the backward needs goes to the host when the forward has used it for the
 * last time, and comes back just before the backward's first use; in a repeat, with every
 * iteration. Weights lie on the host and come to the device for their uses, a layer at a time.
 *
 * <pre>{@code
 * %y, %saved = repeat blocks %x; %w  { … yield %x2, %h }
 * ---
 * %y, %saved = repeat blocks %x; %w  { %w.1 = to_device %w … yield %x2, (to_host %h) }
 * }</pre>
 *
 * The optimizer's state is the update's business: with it on the host, the update runs there.
 *
 * @param plan says what is moved, and how many bytes of weights stay on the device between uses;
 *     without a size none do
 * @param schedule of the plan's pipeline, where it has one
 */
public record OffloadToHost(Plan plan, Optional<Schedule> schedule) implements Pass {

  @Override
  public PassInfo info() {
    return new PassInfo(
        "offload",
        "moves activations and weights to the host's memory and back",
        Set.of(Property.DIFFERENTIATED, Property.LOWERED),
        Set.of(),
        Set.of(Property.TRAINING_STEP));
  }

  @Override
  public Checked<Module> run(Module module) {
    var cut = plan.offload().contains(Offload.PARAMS) ? onHost(module) : Checked.ok(module);
    return plan.offload().contains(Offload.ACTIVATIONS)
        ? cut.map(m -> m.map(SavedOnHost::rewrite))
        : cut;
  }

  private Checked<Module> onHost(Module module) {
    return plan.cache() instanceof CachePlan.Size(long bytes)
        ? new KeptWeights(plan, schedule)
            .rewrite(module.functions(), bytes)
            .map(module::withFunctions)
        : Checked.ok(module.map(WeightsOnHost::rewrite));
  }
}
