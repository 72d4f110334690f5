package dev.weft.passes.offload;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Slice;
import dev.weft.ir.type.Dim;
import dev.weft.passes.core.ValueMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of a function whose layers are cut, some of them in two parts along their first axis: each
 * is put together or taken apart where it is asked for in the other form.
 */
final class Halves {
  private final Builder builder;
  private final ValueMap map;
  private final Map<Value, List<Value>> parts = new HashMap<>();

  /**
   * @param builder of the function that is written
   * @param map to the values there that are whole
   */
  Halves(Builder builder, ValueMap map) {
    this.builder = builder;
    this.map = map;
  }

  void put(Value value, List<Value> halves) {
    parts.put(value, halves);
  }

  void put(Value value, Value whole) {
    map.put(value, whole);
  }

  boolean isCut(Value value) {
    return parts.containsKey(value);
  }

  /** The two parts of a value; none where it is whole. */
  List<Value> parts(Value value) {
    return parts.getOrDefault(value, List.of());
  }

  /** A value in one piece: what is in parts is put together. */
  Value whole(Value value) {
    if (isCut(value) && !map.contains(value)) {
      var axis = value.type().dims().getFirst().axis();
      map.put(value, like(value, new Concat(Collections.nCopies(2, axis), axis), parts(value)));
    }
    return map.get(value);
  }

  /**
   * The first or the second part of a value's rows.
   *
   * @param half 0 or 1
   * @param cut the rows of the first
   */
  Value part(Value value, int half, long cut) {
    var halves = parts(value);
    if (!halves.isEmpty()) {
      return halves.get(half);
    }
    var dim = value.type().dims().getFirst();
    long count = half == 0 ? cut : dim.size() - cut;
    var op = new Slice(dim.axis(), half == 0 ? 0 : cut, new Dim(dim.axis(), count));
    return like(value, op, List.of(map.get(value)));
  }

  /** A new value with the name and the layout of another one. */
  Value like(Value value, Op op, List<Value> operands) {
    var names = List.of(value.name());
    return builder.node(names, op, operands, List.of(), List.of(value.sharding())).result();
  }
}
