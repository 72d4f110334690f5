package dev.weft.passes.remat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.passes.core.DeadCode;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the regions of a function other kept values, and removes what is then dead: first the
 * loops, since what their backward newly reads the body must keep.
 */
final class FunctionRewrite {
  private final FunctionRegions regions;

  FunctionRewrite(FunctionRegions regions) {
    this.regions = regions;
  }

  /**
   * The rewritten function.
   *
   * @param kept for each region, in their order, the values that are kept
   */
  Function rewrite(List<Set<Value>> kept) {
    var loops = new HashMap<Node, LoopRewrite>();
    for (int i = 0; i < regions.loops().size(); i++) {
      var pair = regions.loops().get(i);
      if (!regions.regions().get(i).isKeptBy(kept.get(i))) {
        var rewrite = new LoopRewrite(pair, kept.get(i));
        loops.put(pair.forward(), rewrite);
        loops.put(pair.backward(), rewrite);
      }
    }
    boolean changesBody = !regions.body().isKeptBy(kept.getLast());
    if (loops.isEmpty() && !changesBody) {
      return regions.function();
    }
    var images = new ValueMap();
    var changed = withLoops(loops, images);
    return withoutDead(changesBody ? withBody(changed, images, kept.getLast()) : changed);
  }

  /**
   * As {@link #rewrite(List)}; then groups of a loop's iterations are run again from their first's
   * inputs.
   *
   * @param groups for each region, how many iterations a group has; 1 where there are no groups
   */
  Function rewrite(List<Set<Value>> kept, List<Long> groups) {
    var function = rewrite(kept);
    for (int i = 0; i < regions.loops().size(); i++) {
      function = groups.get(i) == 1 ? function : inGroups(function, i, groups.get(i));
    }
    return function;
  }

  private static Function inGroups(Function function, int loop, long size) {
    var pair = FunctionRegions.of(function).loops().get(loop);
    var nested = FunctionRegions.of(LoopGroups.group(function, pair, size));
    var kept = new ArrayList<Set<Value>>();
    for (int i = 0; i < nested.regions().size(); i++) {
      var region = nested.regions().get(i);
      kept.add(i == loop ? region.closed(Set.of()) : region.saved());
    }
    return new FunctionRewrite(nested).rewrite(kept);
  }

  private Function withLoops(Map<Node, LoopRewrite> loops, ValueMap images) {
    var function = regions.function();
    var builder = new Builder();
    function.body().params().forEach(p -> images.put(p, builder.param(p)));
    for (var node : function.body().nodes()) {
      var rewrite = loops.get(node);
      if (rewrite == null) {
        images.copy(node, builder);
      } else if (regions.forward().contains(node)) {
        rewrite.emitForward(builder, images);
      } else {
        rewrite.emitBackward(builder, images);
      }
    }
    var yields = images.get(function.body().yields());
    return new Function(
        function.name(), function.inputs(), builder.build(yields), function.outputs());
  }

  /** Computes again, where the backward first reads them, the values that are not kept. */
  private Function withBody(Function changed, ValueMap images, Set<Value> kept) {
    var now = FunctionRegions.of(changed);
    var chosen = new HashSet<>(now.body().needed());
    chosen.removeAll(images.get(List.copyOf(regions.body().needed())));
    chosen.addAll(images.get(List.copyOf(kept)));
    return new BodyRewrite(now.forward(), now.body().closed(chosen)).rewrite();
  }

  private static Function withoutDead(Function function) {
    var body = DeadCode.remove(function.body());
    return new Function(function.name(), function.inputs(), body, function.outputs());
  }
}
