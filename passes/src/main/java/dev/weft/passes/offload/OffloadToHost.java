package dev.weft.passes.offload;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.plan.Offload;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
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
 */
public record OffloadToHost(Set<Offload> what) implements Pass {
  public OffloadToHost {
    what = Set.copyOf(what);
  }

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
    var rewritten = module;
    if (what.contains(Offload.ACTIVATIONS)) {
      rewritten = rewritten.map(SavedOnHost::rewrite);
    }
    if (what.contains(Offload.PARAMS)) {
      rewritten = rewritten.map(WeightsOnHost::rewrite);
    }
    return Checked.ok(rewritten);
  }
}
