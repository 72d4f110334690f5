package dev.weft.passes.remat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Slice;
import dev.weft.ir.type.Dim;
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
    var lies = List.of(stack.sharding());
    return to.node(List.of(stack.name()), op, List.of(stack), List.of(), lies).result();
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
    var first = parts.getFirst();
    var op = new Concat(Collections.nCopies(parts.size(), axis.axis()), axis.axis());
    var lies = List.of(first.sharding());
    return to.node(List.of(first.name()), op, parts, List.of(), lies).result();
  }
}
