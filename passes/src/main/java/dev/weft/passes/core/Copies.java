package dev.weft.passes.core;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;

/** Copies of code that is to stand in two places. */
public final class Copies {
  private Copies() {}

  /** The same block with parameters and nodes of its own. */
  public static Block of(Block block) {
    var builder = new Builder();
    var map = new ValueMap();
    for (var param : block.params()) {
      map.put(param, builder.param(new Param(param.name(), param.type(), param.sharding())));
    }
    for (var node : block.nodes()) {
      map.copy(node, node.bodies().stream().map(Copies::of).toList(), builder);
    }
    return builder.build(map.get(block.yields()));
  }
}
