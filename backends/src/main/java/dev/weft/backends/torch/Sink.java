package dev.weft.backends.torch;

import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Unpack;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a value is added: a gradient such as {@code g.wte}, or some of its rows.
 *
 * @param first of the rows
 * @param rows how many they are; 0 for all
 */
record Sink(String gradient, long first, long rows) {
  static Sink whole(String gradient) {
    return new Sink(gradient, 0, 0);
  }

  /**
   * The row that an iteration of a loop makes.
   *
   * @param index of the iteration, as it is written
   * @param from the first value of the index
   */
  Sink row(String index, long from) {
    long shift = first - from;
    var text = shift == 0 ? index : index + (shift > 0 ? " + " : " - ") + Math.abs(shift);
    return whole(gradient + "[" + text + "]");
  }

  @Override
  public String toString() {
    return rows == 0 ? gradient : gradient + "[" + first + ":" + (first + rows) + "]";
  }

  /** A value, and where it is added. */
  record Part(Value value, Sink sink) {}

  /** What goes into a gradient: one value, or several that have some of its rows each. */
  static List<Part> parts(Value value, String gradient) {
    var parts = new ArrayList<Part>();
    var rows = rows(value);
    long first = 0;
    for (var part : rows) {
      long count = part.type().dims().isEmpty() ? 1 : part.type().dims().getFirst().size();
      parts.add(
          new Part(part, rows.size() == 1 ? whole(gradient) : new Sink(gradient, first, count)));
      first += count;
    }
    return parts;
  }

  /** The values of which a gradient is put together, row after row. */
  static List<Value> rows(Value gradient) {
    return gradient instanceof Result(var unpack, _)
            && unpack.op() instanceof Unpack
            && unpack.operand(0) instanceof Result(var pack, _)
            && pack.op() instanceof Pack
        ? pack.operands()
        : List.of(gradient);
  }

  /** As {@link #rows(Value)}, of several gradients. */
  static List<Value> rows(List<Value> gradients) {
    return gradients.stream().flatMap(g -> rows(g).stream()).toList();
  }
}
