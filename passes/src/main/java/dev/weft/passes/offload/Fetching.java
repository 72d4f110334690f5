package dev.weft.passes.offload;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.type.MemorySpace;
import dev.weft.passes.core.ValueMap;
import java.util.HashSet;
import java.util.Set;

/** A block whose parameters come from the host: each is brought to the device at its first use. */
final class Fetching {
  private Fetching() {}

  /**
   * The block.
   *
   * @param away the parameters that lie on the host
   */
  static Block of(Block block, Set<Param> away) {
    if (away.isEmpty()) {
      return block;
    }
    var builder = new Builder();
    var map = new ValueMap();
    var waiting = new HashSet<Value>(away);
    for (var param : block.params()) {
      var type = away.contains(param) ? param.type().in(MemorySpace.HOST) : param.type();
      map.put(param, builder.param(new Param(param.name(), type, param.sharding())));
    }
    for (var node : block.nodes()) {
      builder.at(node.span());
      node.operands().stream().filter(waiting::remove).forEach(v -> fetch(v, builder, map));
      map.copy(node, builder);
    }
    block.yields().stream().filter(waiting::remove).forEach(v -> fetch(v, builder, map));
    return builder.build(map.get(block.yields()));
  }

  private static void fetch(Value value, Builder builder, ValueMap map) {
    map.put(value, Arrivals.moved(builder, new ToDevice(), map.get(value)));
  }
}
