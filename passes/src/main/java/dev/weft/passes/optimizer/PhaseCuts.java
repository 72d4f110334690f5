package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Function;
import dev.weft.ir.schedule.Phase;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The phases of stages, each stage cut once, for whoever makes many steps of nearly the same. */
public final class PhaseCuts {
  private final Map<Function, Map<Phase, Function>> known = new IdentityHashMap<>();

  Map<Phase, Function> of(Function stage, Set<Phase> wanted) {
    return known.computeIfAbsent(stage, s -> StagePhases.of(s, wanted));
  }
}
