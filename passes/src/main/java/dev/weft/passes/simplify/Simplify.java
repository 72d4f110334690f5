package dev.weft.passes.simplify;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.DeadCode;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import java.util.Set;

/**
 * Folds, shares and removes what the program does not need, and moves what a loop computes afresh
 * each time out of it. A module with shardings is only shared and pruned: its layout is decided.
 */
public record Simplify() implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "simplify",
        "folds constants, shares common code, hoists loop invariants, removes dead code",
        Set.of(),
        Set.of(),
        Set.of());
  }

  @Override
  public Checked<Module> run(Module module) {
    boolean decided = module.properties().contains(Property.SHARDED);
    var functions =
        module.functions().stream()
            .map(f -> new Function(f.name(), f.inputs(), simplify(f.body(), decided), f.outputs()))
            .toList();
    return Checked.ok(module.withFunctions(functions));
  }

  private static Block simplify(Block block, boolean decided) {
    var hoisted = decided ? block : HoistInvariants.hoist(block);
    var folded = new Folding(decided ? Rules.NONE : Rules.ALL).fold(hoisted);
    return DeadCode.remove(folded);
  }
}
