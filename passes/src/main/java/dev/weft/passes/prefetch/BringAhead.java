package dev.weft.passes.prefetch;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets every repeat bring what an iteration needs one iteration ahead: slices of stacked operands
 * that come from the host, and weights that are gathered from shares.
 *
 * <pre>{@code
 * repeat blocks %x;; %w { %a = … %x   %w.1 = all_gather %w   %b = contract %a, %w.1  … }
 * ---
 * repeat blocks %x;; %w {ahead=1} { %w.1 = all_gather %w   %a = … %x   %b = contract %a, %w.1  … }
 * }</pre>
 *
 * A gather of what is computed, as in sequence parallelism, stays where it is.
 */
public record BringAhead() implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "prefetch",
        "brings what an iteration of a repeat needs one iteration ahead",
        Set.of(Property.TRAINING_STEP),
        Set.of(),
        Set.of());
  }

  @Override
  public Checked<Module> run(Module module) {
    return Checked.ok(module.map(BringAhead::rewrite));
  }

  private static Function rewrite(Function function) {
    var weights = new HashSet<Value>();
    for (int i : function.inputIndices(Port.Weight.class)) {
      weights.add(function.body().params().get(i));
    }
    var body = new Rewriting(function.body(), weights).write(List.of());
    return new Function(function.name(), function.inputs(), body, function.outputs());
  }
}
