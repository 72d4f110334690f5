package dev.weft.passes.remat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Unpack;
import dev.weft.ir.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of the stacks that a loop takes and makes. Taking rows of a stack moves nothing. */
final class RowViews {
  private final Dim axis;
  private final Map<Rows, Map<Value, Value>> known = new HashMap<>();

  /**
   * Views for a loop.
   *
   * @param axis of the whole loop
   */
  RowViews(Dim axis) {
    this.axis = axis;
  }

  /** Some rows of a stack of the whole loop. */
  Value of(Value stack, Rows rows, Builder to) {
    return rows.isAllOf(axis)
        ? stack
        : known
            .computeIfAbsent(rows, _ -> new HashMap<>())
            .computeIfAbsent(stack, s -> view(s, rows, to));
  }

  private Value view(Value stack, Rows rows, Builder to) {
    var op = new Slice(axis.axis(), rows.first(), axis.resized(rows.count()));
    return like(stack, op, List.of(stack), to);
  }

  /**
   * The stack of the whole loop.
   *
   * @param parts its pieces, first rows first
   */
  Value joined(List<Value> parts, Builder to) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    var op = new Concat(Collections.nCopies(parts.size(), axis.axis()), axis.axis());
    return like(parts.getFirst(), op, parts, to);
  }

  /**
   * As {@link #joined}, of parts that may be computed in place, as gradients are: joining them
   * moves nothing.
   */
  Value inPlace(List<Value> parts, Builder to) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    var first = parts.getFirst();
    long elements = parts.stream().mapToLong(p -> p.type().elements()).sum();
    var flat = to.emit("flat", new Pack(new Dim("flat", elements)), parts.toArray(Value[]::new));
    var dims = new ArrayList<>(first.type().dims());
    dims.set(0, axis);
    return like(first, new Unpack(List.of(first.type().withDims(dims))), List.of(flat), to);
  }

  private static Value like(Value named, Op op, List<Value> operands, Builder to) {
    var lies = List.of(named.sharding());
    return to.node(List.of(named.name()), op, operands, List.of(), lies).result();
  }
}
