package dev.weft.passes.offload;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.passes.core.ValueMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The values of a block that are on the host, and those that have come back. */
final class Arrivals {
  private final Builder builder;
  private final ValueMap map;
  private final Set<Value> away = new HashSet<>();

  Arrivals(Builder builder, ValueMap map) {
    this.builder = builder;
    this.map = map;
  }

  /** Sends a value to the host. */
  void send(Value value) {
    map.put(value, moved(builder, new ToHost(), map.get(value)));
    away.add(value);
  }

  /** Brings a value back, unless it is here. */
  void bring(Value value) {
    if (away.remove(value)) {
      map.put(value, moved(builder, new ToDevice(), map.get(value)));
    }
  }

  /** A value in the other memory: same name, same layout. */
  static Value moved(Builder builder, Op op, Value value) {
    var names = List.of(value.name());
    var shardings = List.of(value.sharding());
    return builder.node(names, op, List.of(value), List.of(), shardings).result();
  }
}
