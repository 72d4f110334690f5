package dev.weft.passes.remat;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For every device the cheapest choice with which its peak stays within a limit. Devices that run
 * other functions are searched by themselves: the first stages of a pipeline, which hold more
 * micro-batches, compute more again than the last.
 */
final class BudgetSearch {
  private final Module module;
  private final StepMemory memory;

  /** Stages are often alike: what to keep of an iteration is searched once. */
  private final Map<KeepProblem, Frontier> frontiers = new HashMap<>();

  BudgetSearch(Module module, StepMemory memory) {
    this.module = module;
    this.memory = memory;
  }

  Checked<Module> within(long limitBytes) {
    var functions = new ArrayList<>(module.functions());
    long leastBytes = 0;
    for (var group : memory.groups(module)) {
      var search = search(group);
      var found = search.within(limitBytes);
      if (found.isEmpty()) {
        leastBytes = Math.max(leastBytes, search.leastBytes());
      } else {
        replace(functions, group, found.get());
      }
    }
    return leastBytes == 0
        ? Checked.ok(module.withFunctions(functions))
        : Checked.failed(tooSmall(limitBytes, leastBytes));
  }

  private DeviceSearch search(List<Integer> group) {
    var own = group.stream().map(module.functions()::get).map(FunctionRegions::of).toList();
    return new DeviceSearch(own, this::frontier, changed -> peakBytes(group, changed));
  }

  private Frontier frontier(KeepProblem problem) {
    return frontiers.computeIfAbsent(problem, KeepSearch.EXACT_FOR_BLOCKS::search);
  }

  private long peakBytes(List<Integer> group, List<Function> changed) {
    var functions = new ArrayList<>(module.functions());
    replace(functions, group, changed);
    return memory.peakBytes(module.withFunctions(functions), group);
  }

  private static void replace(List<Function> all, List<Integer> places, List<Function> by) {
    for (int i = 0; i < by.size(); i++) {
      all.set(places.get(i), by.get(i));
    }
  }

  private static Diagnostic tooSmall(long limitBytes, long leastBytes) {
    return Diagnostic.of(
        RematCode.BUDGET_TOO_SMALL,
        Span.NONE,
        "a device needs at least %,d bytes, more than the budget of %,d; the nearest legal budget is %d"
            .formatted(leastBytes, limitBytes, leastBytes));
  }
}
