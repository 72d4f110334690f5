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
import java.util.Optional;
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
    return treat(kept.stream().<Treatment>map(Treatment.Alike::new).toList());
  }

  /**
   * The rewritten function.
   *
   * @param treatments of the regions, in their order; a function in which a loop is in pieces has
   *     none in groups
   */
  Function treat(List<Treatment> treatments) {
    var body = ((Treatment.Alike) treatments.getLast()).kept();
    boolean changesBody = !regions.body().isKeptBy(body);
    var loops = loops(treatments);
    var function = regions.function();
    if (!loops.isEmpty() || changesBody) {
      var images = new ValueMap();
      var changed = withLoops(loops, images);
      function = withoutDead(changesBody ? withBody(changed, images, body) : changed);
    }
    for (int i = 0; i < treatments.size(); i++) {
      if (treatments.get(i) instanceof Treatment.Grouped(_, long size)) {
        function = inGroups(function, i, size);
      }
    }
    return function;
  }

  /** The rewrites of the loops that change, by their nodes. */
  private Map<Node, LoopRewrite> loops(List<Treatment> treatments) {
    var loops = new HashMap<Node, LoopRewrite>();
    for (int i = 0; i < regions.loops().size(); i++) {
      var pair = regions.loops().get(i);
      steps(i, treatments.get(i))
          .map(steps -> new LoopRewrite(regions.function(), pair, steps))
          .ifPresent(
              rewrite -> {
                loops.put(pair.forward(), rewrite);
                loops.put(pair.backward(), rewrite);
              });
    }
    return loops;
  }

  private Optional<List<LoopStep>> steps(int loop, Treatment treatment) {
    return switch (treatment) {
      case Treatment.Alike(var kept) -> alike(loop, kept);
      case Treatment.Grouped(var kept, _) -> alike(loop, kept);
      case Treatment.InPieces(var steps) -> Optional.of(steps);
    };
  }

  private Optional<List<LoopStep>> alike(int loop, Set<Value> kept) {
    return regions.regions().get(loop).isKeptBy(kept)
        ? Optional.empty()
        : Optional.of(LoopRewrite.alike(regions.loops().get(loop), kept));
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
    chosen.removeAll(there(regions.body().needed(), images));
    chosen.addAll(there(kept, images));
    return new BodyRewrite(now.forward(), now.body().closed(chosen)).rewrite();
  }

  /** The images of those values that are not gone. */
  private static List<Value> there(Set<Value> values, ValueMap images) {
    return values.stream().filter(images::contains).map(images::get).toList();
  }

  private static Function withoutDead(Function function) {
    var body = DeadCode.remove(function.body());
    return new Function(function.name(), function.inputs(), body, function.outputs());
  }
}
