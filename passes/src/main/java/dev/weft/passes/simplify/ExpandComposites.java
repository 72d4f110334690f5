package dev.weft.passes.simplify;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Composite;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import dev.weft.passes.core.ValueMap;
import java.util.Set;

/** Replaces every composite op by its primitives. */
public record ExpandComposites() implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "expand",
        "replaces composite ops by their primitives",
        Set.of(),
        Set.of(Property.PRIMITIVE),
        Set.of(Property.SHARDED, Property.LOWERED));
  }

  @Override
  public Checked<Module> run(Module module) {
    var functions =
        module.functions().stream()
            .map(f -> new Function(f.name(), f.inputs(), expand(f.body()), f.outputs()))
            .toList();
    return Checked.ok(module.withFunctions(functions).with(Property.PRIMITIVE));
  }

  private static Block expand(Block block) {
    var builder = new Builder();
    var map = new ValueMap();
    block.params().forEach(p -> map.put(p, builder.param(p)));
    for (var node : block.nodes()) {
      if (node.op() instanceof Composite composite) {
        builder.at(node.span());
        map.putAll(node.results(), composite.expand(builder, map.get(node.operands())));
      } else {
        var bodies = node.bodies().stream().map(ExpandComposites::expand).toList();
        map.copy(node, bodies, builder);
      }
    }
    return builder.build(map.get(block.yields()));
  }
}
